/** A running Sojourn under attack, and what must hold of it whatever it was sent. */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elementText } from '../../src/cli/api-client.ts';
import { signRequest, type SigningCredentials } from '../../src/credentials/signature-v4/sign-request.ts';
import { startSojourn, type RunningSojourn } from '../clients/running-sojourn.ts';
import { exchange, head, type Answer } from './connection.ts';

export const ACCOUNT = '000000000000';
export const FORM = 'application/x-www-form-urlencoded';
const VERSIONS = { sts: '2011-06-15', iam: '2010-05-08' } as const;
/** Bytes of an audit line: CloudTrail's bounds on its fields leave it below. */
const AUDIT_LINE_LIMIT = 262_144;

type Headers = Readonly<Record<string, string>>;

/** A line of the audit log, as far as these tests read it. */
export interface AuditLine {
  readonly eventName: string;
  readonly eventSource: string;
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
  readonly readOnly: boolean;
  readonly requestID: string;
}

export interface Target extends RunningSojourn {
  readonly root: SigningCredentials;
  /** Texts that must never stand in the audit log or be printed. */
  readonly secrets: Set<string>;
}

export interface S3Options {
  readonly body?: string | Uint8Array;
  readonly headers?: Headers;
  /** Instead of the body's own hash. */
  readonly payload?: string;
  readonly credentials?: SigningCredentials;
  readonly region?: string;
  readonly service?: string;
  /** Milliseconds by which the client's clock is ahead. */
  readonly ahead?: number;
}

/** @param again a target that has ended, whose data and key are taken over */
export async function startTarget(again?: Target): Promise<Target> {
  const running = await startSojourn(again === undefined ? {} : { data: again.data, key: again });
  const { accessKeyId, secretAccessKey } = running;
  return { ...running, root: { accessKeyId, secretAccessKey }, secrets: new Set([secretAccessKey]) };
}

/** A form as raw bytes on `/`, unsigned. */
export function postForm(target: Target, body: string | Uint8Array, headers: Headers = {}): Promise<Answer> {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  const all = { host: hostOf(target), 'content-type': FORM, 'content-length': String(length), ...headers };
  return exchange(target.url, head('POST', '/', all), body);
}

/** The form of one call. */
export function formOf(service: keyof typeof VERSIONS, action: string, parameters: Headers = {}): string {
  return new URLSearchParams({ Action: action, Version: VERSIONS[service], ...parameters }).toString();
}

/** The head's headers of a signed form. */
export function signedFormHeaders(
  target: Target,
  service: string,
  body: string | Uint8Array,
  options: Pick<S3Options, 'credentials' | 'region' | 'ahead'> & { readonly path?: string } = {},
): Headers {
  const headers = { host: hostOf(target), 'content-type': FORM };
  const signed = signRequest(
    {
      method: 'POST',
      rawPath: options.path ?? '/',
      rawQuery: '',
      headers: listed(headers),
      payloadHash: hash('sha256', body, 'hex'),
    },
    options.credentials ?? target.root,
    { service, region: options.region ?? 'us-east-1', now: Date.now() + (options.ahead ?? 0) },
  );
  keepSecret(target, signed);
  return { ...headers, ...signed };
}

/** A form as raw bytes, signed by root unless told otherwise. */
export function signedForm(
  target: Target,
  service: string,
  body: string | Uint8Array,
  options: Parameters<typeof signedFormHeaders>[3] = {},
): Promise<Answer> {
  return postForm(target, body, signedFormHeaders(target, service, body, options));
}

/** One call of STS or IAM, signed by root unless told otherwise. */
export function call(
  target: Target,
  service: keyof typeof VERSIONS,
  action: string,
  parameters: Headers = {},
  credentials?: SigningCredentials,
): Promise<Answer> {
  return signedForm(target, service, formOf(service, action, parameters), credentials ? { credentials } : {});
}

/** The head of a signed S3 request. Nothing says how long the body is unless `headers` do. */
export function s3Head(target: Target, method: string, resource: string, options: S3Options = {}): string {
  return head(method, resource, s3Headers(target, method, resource, options));
}

/** The headers of a signed S3 request, `host` included. */
export function s3Headers(target: Target, method: string, resource: string, options: S3Options = {}): Headers {
  const headers: Headers = { host: hostOf(target), ...options.headers };
  const [rawPath = '', rawQuery = ''] = resource.split('?', 2);
  const signed = signRequest(
    {
      method,
      rawPath,
      rawQuery,
      headers: listed(headers),
      payloadHash: options.payload ?? hash('sha256', options.body ?? '', 'hex'),
    },
    options.credentials ?? target.root,
    {
      service: options.service ?? 's3',
      region: options.region ?? 'us-east-1',
      now: Date.now() + (options.ahead ?? 0),
    },
  );
  keepSecret(target, signed);
  return { ...headers, ...signed };
}

/** One S3 request with its whole body. */
export function s3(target: Target, method: string, resource: string, options: S3Options = {}): Promise<Answer> {
  const body = Buffer.from(options.body ?? '');
  const headers =
    body.length > 0 ? { 'content-length': String(body.length), ...options.headers } : (options.headers ?? {});
  return exchange(target.url, s3Head(target, method, resource, { ...options, headers }), body);
}

export function hostOf(target: RunningSojourn): string {
  return new URL(target.url).host;
}

function listed(headers: Headers): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]]));
}

function keepSecret(target: Target, signed: Headers): void {
  const signature = /Signature=([0-9a-f]{64})/.exec(signed['authorization'] ?? '')?.[1];
  if (signature !== undefined) target.secrets.add(signature);
  const token = signed['x-amz-security-token'];
  if (token !== undefined && token.length >= 16) target.secrets.add(token);
}

/** Text of an element of the answer. */
export function text(answer: Answer, name: string): string | undefined {
  return elementText({ status: answer.status, body: answer.body, requestId: undefined }, name);
}

/** The answer of a call that must work. */
export function succeeded(answer: Answer): Answer {
  assert.ok(answer.status >= 200 && answer.status < 300, `${answer.status} ${answer.body.slice(0, 2000)}`);
  return answer;
}

/** Every line of the audit log so far. Each is one JSON object of bounded length. */
export function auditLines(target: Target): readonly AuditLine[] {
  const lines = readFileSync(join(target.data, 'audit.jsonl'), 'utf8').split('\n');
  assert.equal(lines.pop(), '', 'the last line of the audit log is whole');
  return lines.map((line) => {
    assert.ok(line.length <= AUDIT_LINE_LIMIT, `an audit line of ${line.length} characters`);
    const event: AuditLine = JSON.parse(line);
    return event;
  });
}

/**
 * Holds an answer to the documented refusal, and the audit log to a line that says the same.
 *
 * @param message the whole message, or a pattern of it; undefined where AWS sends none
 */
export function refused(
  target: Target,
  answer: Answer,
  status: number,
  code: string,
  message: string | RegExp | undefined,
): AuditLine {
  const shown = `${answer.status} ${answer.body.slice(0, 2000)}`;
  assert.equal(answer.status, status, shown);
  assert.equal(text(answer, 'Code'), code, shown);
  const sent = text(answer, 'Message');
  if (message instanceof RegExp) assert.match(sent ?? '', message);
  else assert.equal(sent, message);
  return audited(target, answer, code);
}

/** Holds an answer to "there is none": of objects that is no event worth a line in the audit log. */
export function notThere(answer: Answer, code: string): void {
  assert.equal(answer.status, 404, answer.body);
  assert.equal(text(answer, 'Code'), code, answer.body);
}

/** The audit line of an answer, which must name that error. */
export function audited(target: Target, answer: Answer, code: string | undefined): AuditLine {
  const id = answer.headers.get('x-amzn-requestid') ?? answer.headers.get('x-amz-request-id');
  const line = auditLines(target).find(({ requestID }) => requestID === id);
  assert.ok(line !== undefined, `no audit line for request ${id}`);
  assert.equal(line.errorCode, code);
  return line;
}

/** Files of objects and of uploads under way: what a refused upload must leave as it was. */
export function storedFiles(target: Target): readonly string[] {
  return readdirSync(join(target.data, 'objects'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^index\.sqlite/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The process lives, answers signed calls, has logged every line whole, and has let out no secret. */
export async function assertUnharmed(target: Target): Promise<void> {
  const health = await exchange(target.url, head('GET', '/_sojourn/health', { host: hostOf(target) }));
  assert.equal(health.status, 200);
  succeeded(await call(target, 'sts', 'GetCallerIdentity'));
  auditLines(target);
  const log = readFileSync(join(target.data, 'audit.jsonl'), 'utf8');
  // The root secret is printed once, at the first start; nothing else ever is.
  const printed = target.printed().replace(/^.*AWS_SECRET_ACCESS_KEY=.*$/m, '');
  assert.doesNotMatch(printed, /internal failure/);
  for (const secret of target.secrets) {
    assert.ok(!log.includes(secret), `the audit log holds a secret of ${secret.length} characters`);
    assert.ok(!printed.includes(secret), `a secret of ${secret.length} characters was printed`);
  }
}
