/** Sojourn's own commands as clients of its public API: AWS Query over fetch, signed like any SDK signs. */
import { hash } from 'node:crypto';
import { signRequest, type SigningCredentials } from '../credentials/signature-v4/sign-request.ts';

/** An answer, its XML unread. */
export interface ApiAnswer {
  readonly status: number;
  /** The XML document. */
  readonly body: string;
  readonly requestId: string | undefined;
}

/** Where to call, and as whom. */
export interface ApiClient {
  /** Scheme, host and port. */
  readonly endpoint: string;
  readonly region: string;
  /** Undefined for the one call that is not signed. */
  readonly credentials: SigningCredentials | undefined;
  /** The time to sign for, milliseconds since the epoch; the system's when left out. */
  readonly now?: number;
}

const VERSIONS = { sts: '2011-06-15', iam: '2010-05-08' } as const;

/** One call of STS or IAM. Rejects only when the endpoint cannot be reached. */
export async function callQuery(
  client: ApiClient,
  service: keyof typeof VERSIONS,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<ApiAnswer> {
  const body = new URLSearchParams({ Action: action, Version: VERSIONS[service], ...parameters }).toString();
  const url = new URL('/', client.endpoint);
  const headers: Record<string, string> = {
    host: url.host,
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  };
  const signed =
    client.credentials === undefined
      ? {}
      : signRequest(
          {
            method: 'POST',
            rawPath: '/',
            rawQuery: '',
            headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
            payloadHash: hash('sha256', body, 'hex'),
          },
          client.credentials,
          { service, region: client.region, now: client.now ?? Date.now() },
        );
  const response = await fetch(url, { method: 'POST', headers: { ...headers, ...signed }, body });
  return {
    status: response.status,
    body: await response.text(),
    requestId: response.headers.get('x-amzn-requestid') ?? undefined,
  };
}

/** Text of the first element of that name, entities resolved; undefined when there is none. */
export function elementText(answer: ApiAnswer, name: string): string | undefined {
  const open = answer.body.indexOf(`<${name}>`);
  const close = answer.body.indexOf(`</${name}>`, open);
  if (open < 0 || close < 0) return undefined;
  const text = answer.body.slice(open + name.length + 2, close);
  return text.replace(
    /&(lt|gt|quot|apos|amp|#x?[0-9a-fA-F]+);/g,
    (_, entity: string) => ENTITIES[entity] ?? numeric(entity),
  );
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function numeric(entity: string): string {
  const code = entity.startsWith('#x') ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  return Number.isInteger(code) && code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** `AccessDenied: User … is not authorized …` of an error document. */
export function errorText(answer: ApiAnswer): string {
  return `${elementText(answer, 'Code') ?? `HTTP ${answer.status}`}: ${elementText(answer, 'Message') ?? 'no message'}`;
}

/** Endpoint, region and key from the variables that every AWS client reads. */
export function clientFromEnvironment(env: Readonly<Record<string, string | undefined>>, endpoint?: string): ApiClient {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  return {
    endpoint: endpoint ?? env['SOJOURN_ENDPOINT'] ?? env['AWS_ENDPOINT_URL'] ?? 'http://127.0.0.1:4566',
    region: env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'us-east-1',
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined
        ? undefined
        : { accessKeyId, secretAccessKey, sessionToken: env['AWS_SESSION_TOKEN'] },
  };
}
