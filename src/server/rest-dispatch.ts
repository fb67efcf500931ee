/** Calls of S3: REST-XML in and out, bodies as streams. Route → authenticate → decode → authorize → handle. */
import { randomBytes } from 'node:crypto';
import { ServiceError } from '../base/service-error.ts';
import { authenticateS3, type ChunkSignatures } from '../federation/authenticate.ts';
import { authenticationError } from '../federation/authentication-error.ts';
import { checkDocumentDigests } from '../services/s3/object-checksums.ts';
import type { Service } from '../services/service.ts';
import type { Body } from '../wire/body.ts';
import { redacted } from '../wire/redact.ts';
import { decodeRest, payloadKind } from '../wire/rest-request.ts';
import { encodeRest, encodeRestError } from '../wire/rest-response.ts';
import { makeS3Router, type RestHead, type S3Route } from '../wire/rest-route.ts';
import { beginAttempt, conduct, type Attempt, type ServerParts } from './attempt.ts';
import { callOf, perform } from './perform.ts';
import { checkFieldValues, withHoistedHeaders } from './hoisted-headers.ts';
import { distinctHeaders, type Incoming } from './incoming.ts';
import { readBody } from './read-body.ts';
import type { Reply } from './reply.ts';
import { s3Body } from './s3-body.ts';

/** Bytes of an XML document: the largest, a DeleteObjects of 1,000 long keys, stays below. */
const DOCUMENT_LIMIT = 4 * 1024 * 1024;
/** Besides everything on an object: what CloudTrail counts as data events of a bucket. */
const DATA_OPERATIONS: ReadonlySet<string> = new Set([
  'DeleteObjects',
  'HeadBucket',
  'ListMultipartUploads',
  'ListObjectVersions',
  'ListObjects',
  'ListObjectsV2',
]);

/** Answers one request of S3; never rejects. */
export type RestAnswerer = (incoming: Incoming) => Promise<Reply>;

/** The answerer of S3, its routes made once. */
export function restAnswerer(service: Service, parts: ServerParts): RestAnswerer {
  const route = makeS3Router(service.model, [parts.s3Domain]);
  return async (received) => {
    const incoming = withHoistedHeaders(received);
    const attempt = { ...beginAttempt(service.name, incoming.http, parts), requestId: s3RequestId() };
    const reply = await conduct(
      attempt,
      parts,
      () => dispatch(service, route(headOf(incoming)), incoming, attempt, parts),
      (error) => refusal(error, incoming, attempt),
    );
    return { ...reply, headers: [...identification(attempt), ...reply.headers] };
  };
}

async function dispatch(
  service: Service,
  route: S3Route,
  incoming: Incoming,
  attempt: Attempt,
  parts: ServerParts,
): Promise<Reply> {
  attempt.eventName = route.operation;
  attempt.dataEvent = route.key !== undefined || DATA_OPERATIONS.has(route.operation);
  attempt.readOnly = incoming.http.method === 'GET' || incoming.http.method === 'HEAD';
  const chunks = await identify(incoming, route, attempt, parts);
  const operation = service.operations.get(route.operation);
  if (!route.known || operation === undefined) throw notImplemented(route.operation);
  checkFieldValues(incoming.http.query);
  const body = s3Body(incoming, chunks);
  const input = decodeRest(service.model, route.operation, {
    ...route,
    query: incoming.http.query,
    headers: incoming.http.headers,
    payload: await payloadOf(payloadKind(service.model, route.operation), body, route.operation, incoming),
  });
  attempt.requestParameters = redacted(service.model, route.operation, input);
  const call = callOf(attempt.caller ?? { kind: 'anonymous' }, attempt, parts);
  const output = await perform(operation, input, call);
  const answer = encodeRest(service.model, route.operation, output);
  return {
    status: call.reply.status ?? answer.status,
    headers: [...answer.headers, ...Object.entries(call.reply.headers)],
    body: answer.body,
  };
}

/** Notes the caller; answers what verifies the chunks of its body. An unsigned request is anonymous. */
async function identify(
  incoming: Incoming,
  route: S3Route,
  attempt: Attempt,
  parts: ServerParts,
): Promise<ChunkSignatures | undefined> {
  const answer = await authenticateS3(
    {
      method: incoming.http.method,
      rawPath: incoming.rawPath,
      rawQuery: incoming.rawQuery,
      headers: distinctHeaders(incoming),
      payloadHash: undefined,
    },
    route.bucketInHost ? route.bucket : undefined,
    attempt.now,
    parts.sojourn,
  );
  if (answer.kind === 'refused') throw authenticationError(answer.fault, 's3');
  if (answer.kind === 'unsigned') {
    attempt.caller = { kind: 'anonymous' };
    return undefined;
  }
  attempt.caller = answer.caller;
  attempt.region = answer.region;
  return answer.chunks;
}

async function payloadOf(
  kind: ReturnType<typeof payloadKind>,
  body: Body,
  operation: string,
  incoming: Incoming,
): Promise<Uint8Array | Body | undefined> {
  if (kind === 'stream') return body;
  if (kind === 'none') return undefined;
  const document = await readBody(body, DOCUMENT_LIMIT);
  if (document === 'tooLarge') {
    throw new ServiceError('MaxMessageLengthExceeded', 400, 'Your request was too big.');
  }
  // There the checksum headers are those of the object that the parts make.
  if (operation !== 'CompleteMultipartUpload') checkDocumentDigests(document, incoming.http);
  return document;
}

function headOf(incoming: Incoming): RestHead {
  const { method, query, headers } = incoming.http;
  return { method, path: incoming.rawPath, host: incoming.host, query, headers };
}

function refusal(error: ServiceError, incoming: Incoming, attempt: Attempt): Reply {
  const answer = encodeRestError(error, {
    requestId: attempt.requestId,
    hostId: hostId(attempt),
    method: incoming.http.method,
  });
  const region: readonly (readonly [string, string])[] =
    error.details['Region'] === undefined ? [] : [['x-amz-bucket-region', error.details['Region']]];
  return { ...answer, headers: [...answer.headers, ...region] };
}

function notImplemented(operation: string): ServiceError {
  return new ServiceError(
    'NotImplemented',
    501,
    'A header you provided implies functionality that is not implemented.',
    { reason: `Sojourn does not support s3:${operation}` },
  );
}

/** Sixteen characters, as S3's are. */
function s3RequestId(): string {
  return randomBytes(8).toString('hex').toUpperCase();
}

/** S3's second id; here it tells nothing that the first does not. */
function hostId(attempt: Attempt): string {
  return Buffer.from(`sojourn/${attempt.requestId}`).toString('base64');
}

function identification(attempt: Attempt): readonly (readonly [string, string])[] {
  return [
    ['x-amz-request-id', attempt.requestId],
    ['x-amz-id-2', hostId(attempt)],
  ];
}
