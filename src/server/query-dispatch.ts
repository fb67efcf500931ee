/** Calls of STS and IAM: AWS Query in, XML out. Authenticate → validate → authorize → handle, in AWS's order. */
import { hash } from 'node:crypto';
import { ServiceError } from '../base/service-error.ts';
import { authenticate } from '../federation/authenticate.ts';
import { authenticationError } from '../federation/authentication-error.ts';
import type { Caller } from '../federation/caller.ts';
import { refuseRestrictedSession } from '../federation/session-restrictions.ts';
import { IAM, STS, type Service } from '../services/service.ts';
import { checkInput } from '../wire/constraints.ts';
import { hideUnfit } from '../wire/hide-unfit.ts';
import { parseForm, type QueryParameters } from '../wire/form.ts';
import { decodeQuery, findOperation } from '../wire/query-request.ts';
import { encodeQuery, encodeQueryError } from '../wire/query-response.ts';
import { redacted, redactedOutput } from '../wire/redact.ts';
import { beginAttempt, conduct, type Attempt, type ServerParts } from './attempt.ts';
import { distinctHeaders, type Incoming } from './incoming.ts';
import { callOf, perform } from './perform.ts';
import type { Reply } from './reply.ts';

/** Bytes of a form (reference aws-federation 1.1). One more is answered with 413 and nothing else. */
const BODY_LIMIT = 10_000_000;

/** Answers one call of a query service. Never throws: every failure is an answer and an audit event. */
export async function answerQuery(service: Service, incoming: Incoming, parts: ServerParts): Promise<Reply> {
  const attempt = beginAttempt(service.name, incoming.http, parts);
  const reached = { service };
  return conduct(
    attempt,
    parts,
    () => dispatch(reached, incoming, attempt, parts),
    (error) => refusal(error, reached.service, attempt),
  );
}

async function dispatch(
  reached: { service: Service },
  incoming: Incoming,
  attempt: Attempt,
  parts: ServerParts,
): Promise<Reply> {
  if (incoming.rawPath !== '/') throw new ServiceError('UnknownOperationException', 404, '');
  const body = await incoming.wholeBody(BODY_LIMIT);
  if (body === 'tooLarge') throw new ServiceError('RequestEntityTooLarge', 413, '');
  const parameters = parametersOf(incoming, body);
  // An unsigned call does not say its service; its version does.
  if (parameters.get('Version') === IAM.model.apiVersion && reached.service === STS) reached.service = IAM;
  const { service } = reached;
  attempt.service = service.name;
  const foreign = unsupportedOperation(service, parameters);
  if (foreign !== undefined) {
    attempt.eventName = foreign;
    attempt.readOnly = READ_ONLY.test(foreign);
    attempt.caller = await callerOf(service, incoming, body, attempt, parts);
    throw notSupported(service, foreign);
  }
  const { operation: wire, action } = findOperation(service.model, parameters);
  attempt.eventName = action;
  attempt.readOnly = READ_ONLY.test(action);
  const caller = wire.authtype === 'none' ? ANONYMOUS : await callerOf(service, incoming, body, attempt, parts);
  attempt.caller = caller;
  refuseRestrictedSession(caller, service.name, action);
  const { input } = decodeQuery(service.model, parameters);
  try {
    checkInput(service.model, action, input);
  } catch (error) {
    attempt.requestParameters = redacted(service.model, action, hideUnfit(service.model, action, input));
    throw error;
  }
  attempt.requestParameters = redacted(service.model, action, input);
  const operation = service.operations.get(action);
  if (operation === undefined) throw notSupported(service, action);
  const call = callOf(caller, attempt, parts);
  const output = await perform(operation, input, call);
  if (recordsOutput(action)) attempt.responseElements = redactedOutput(service.model, action, output);
  return xml(200, encodeQuery(service.model, action, output, attempt.requestId), attempt);
}

/** The operation named, when the service's model has it without a table here: AWS would answer it, Sojourn says that it does not. */
function unsupportedOperation({ model }: Service, parameters: QueryParameters): string | undefined {
  const action = parameters.get('Action') ?? '';
  return parameters.get('Version') === model.apiVersion && Object.hasOwn(model.others, action) ? action : undefined;
}

/** As CloudTrail counts them: assuming a role is a read, and the two that make sessions of a user's own are writes. */
const READ_ONLY = /^(Get(?!SessionToken$|FederationToken$)|List|Assume|Simulate|Decode|Generate)/;

const MAKES_SESSION = /^(Assume|GetFederationToken$|GetSessionToken$)/;

/** Of reads CloudTrail keeps no answer, but of those that make sessions it does. */
function recordsOutput(action: string): boolean {
  return MAKES_SESSION.test(action) || !READ_ONLY.test(action);
}

const ANONYMOUS: Caller = { kind: 'anonymous' };

async function callerOf(
  service: Service,
  incoming: Incoming,
  body: Buffer,
  attempt: Attempt,
  parts: ServerParts,
): Promise<Caller> {
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
  if (answer.kind === 'authenticated') {
    attempt.region = answer.region;
    return answer.caller;
  }
  throw authenticationError(answer.kind === 'unsigned' ? { kind: 'unsigned' } : answer.fault, 'query');
}

function parametersOf(incoming: Incoming, body: Buffer): QueryParameters {
  if (body.length === 0) return parseForm(incoming.rawQuery);
  return parseForm(body);
}

function refusal(error: ServiceError, service: Service, attempt: Attempt): Reply {
  if (error.status === 413) return { status: 413, headers: [], body: undefined };
  if (error.code === 'UnknownOperationException') {
    return { status: 404, headers: [['content-type', 'text/xml']], body: '<UnknownOperationException/>\n' };
  }
  return xml(error.status, encodeQueryError(error, service.model, attempt.requestId), attempt);
}

function xml(status: number, body: string, attempt: Attempt): Reply {
  return {
    status,
    headers: [
      ['x-amzn-RequestId', attempt.requestId],
      ['content-type', 'text/xml'],
    ],
    body,
  };
}

/** An operation of the model that Sojourn does not have: said plainly, with a code that no client retries. */
export function notSupported(service: Service, action: string): ServiceError {
  return new ServiceError(
    'NotImplemented',
    501,
    `Sojourn does not support ${service.name}:${action}. docs/reference/operations.md lists what it supports.`,
  );
}
