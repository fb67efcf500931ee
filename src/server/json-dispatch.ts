/** Calls of the JSON 1.1 services: `X-Amz-Target` in, JSON out. Authenticate → validate → authorize → handle. */
import { hash } from 'node:crypto';
import { ServiceError } from '../base/service-error.ts';
import { authenticate } from '../federation/authenticate.ts';
import { authenticationError } from '../federation/authentication-error.ts';
import { refuseRestrictedSession } from '../federation/session-restrictions.ts';
import type { SignedCaller } from '../federation/caller.ts';
import type { Service } from '../services/service.ts';
import { validationErrors } from '../wire/constraints.ts';
import { encodeJsonError } from '../wire/json-error.ts';
import { decodeJson, findTarget } from '../wire/json-request.ts';
import { encodeJson, JSON_CONTENT_TYPE } from '../wire/json-response.ts';
import { redacted, redactedOutput } from '../wire/redact.ts';
import { beginAttempt, conduct, type Attempt, type ServerParts } from './attempt.ts';
import { distinctHeaders, type Incoming } from './incoming.ts';
import { callOf, perform } from './perform.ts';
import { notSupported } from './query-dispatch.ts';
import type { Reply } from './reply.ts';

/** Bytes of a document: the largest, a policy of 10,240 characters all escaped, stays far below. */
const BODY_LIMIT = 1_048_576;
/** As CloudTrail counts them. */
const READ_ONLY = /^(Get|List|Describe|Lookup)/;

/** Answers one call of a JSON service. Never throws: every failure is an answer and an audit event. */
export async function answerJson(service: Service, incoming: Incoming, parts: ServerParts): Promise<Reply> {
  const attempt = beginAttempt(service.name, incoming.http, parts);
  return conduct(
    attempt,
    parts,
    () => dispatch(service, incoming, attempt, parts),
    (error) => refusal(error, service, attempt),
  );
}

async function dispatch(service: Service, incoming: Incoming, attempt: Attempt, parts: ServerParts): Promise<Reply> {
  const { model } = service;
  const { name, operation: wire } = findTarget(model, incoming.http.headers['x-amz-target']);
  attempt.eventName = name;
  attempt.readOnly = READ_ONLY.test(name);
  const body = await incoming.wholeBody(BODY_LIMIT);
  if (body === 'tooLarge') throw new ServiceError('RequestEntityTooLarge', 413, '');
  const caller = await callerOf(service, incoming, body, attempt, parts);
  attempt.caller = caller;
  refuseRestrictedSession(caller, service.name, name);
  const operation = service.operations.get(name);
  if (wire === undefined || operation === undefined) throw notSupported(service, name);
  const input = decodeJson(model, wire, body);
  attempt.requestParameters = redacted(model, name, input);
  const clauses = validationErrors(model, name, input);
  if (clauses.length > 0) throw (service.invalidInput ?? validationException)(clauses);
  const output = await perform(operation, input, callOf(caller, attempt, parts));
  if (!attempt.readOnly) attempt.responseElements = redactedOutput(model, name, output);
  return json(200, encodeJson(model, name, output), attempt);
}

async function callerOf(
  service: Service,
  incoming: Incoming,
  body: Buffer,
  attempt: Attempt,
  parts: ServerParts,
): Promise<SignedCaller> {
  const answer = await authenticate(
    {
      method: incoming.http.method,
      rawPath: incoming.rawPath,
      rawQuery: incoming.rawQuery,
      headers: distinctHeaders(incoming),
      payloadHash: hash('sha256', body, 'hex'),
    },
    service.name,
    attempt.now,
    parts.sojourn,
  );
  if (answer.kind !== 'authenticated') {
    throw authenticationError(answer.kind === 'unsigned' ? { kind: 'unsigned' } : answer.fault, 'query');
  }
  attempt.region = answer.region;
  return answer.caller;
}

/** How JSON services word broken constraints, unless one has words of its own. */
function validationException(clauses: readonly string[]): ServiceError {
  const count = clauses.length === 1 ? '1 validation error' : `${clauses.length} validation errors`;
  return new ServiceError('ValidationException', 400, `${count} detected: ${clauses.join('; ')}`);
}

function refusal(error: ServiceError, service: Service, attempt: Attempt): Reply {
  if (error.status === 413) return { status: 413, headers: [], body: undefined };
  const { status, body } = encodeJsonError(error, service.model);
  return json(status, body, attempt);
}

function json(status: number, body: string, attempt: Attempt): Reply {
  return {
    status,
    headers: [
      ['x-amzn-RequestId', attempt.requestId],
      ['content-type', JSON_CONTENT_TYPE],
    ],
    body,
  };
}
