/** One call from its first byte to its audit event: what is known of it grows as it goes. */
import { randomUUID } from 'node:crypto';
import { ServiceError } from '../base/service-error.ts';
import { auditNotes, type AuditNotes } from '../federation/audit-notes.ts';
import { AUTHORIZATION_MESSAGE_HEADER, sealAuthorizationMessage } from '../federation/authorization-message.ts';
import type { Caller } from '../federation/caller.ts';
import type { HttpFacts } from '../federation/request-facts.ts';
import type { Sojourn } from '../federation/sojourn.ts';
import type { Json } from '../wire/redact.ts';
import { auditLine } from './audit-event.ts';
import type { AuditLog } from './audit-log.ts';
import { isAborted } from './incoming.ts';
import type { Metrics } from './metrics.ts';
import type { Reply } from './reply.ts';

/** What every dispatcher works with; built once at start. */
export interface ServerParts {
  readonly sojourn: Sojourn;
  readonly audit: AuditLog;
  readonly metrics: Metrics;
  /** Host name under which buckets are addressed as `bucket.{s3Domain}`. */
  readonly s3Domain: string;
  /** Tells the operator of a bug: one line, never with a secret. */
  readonly report: (line: string) => void;
}

/** What is known of a call so far; its audit event is made of it. */
export interface Attempt {
  service: string;
  eventName: string;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly http: HttpFacts;
  readonly notes: AuditNotes;
  caller: Caller | undefined;
  region: string;
  requestParameters: Json | undefined;
  responseElements: Json | undefined;
  /** Data events (objects of S3) are recorded only when they fail. */
  dataEvent: boolean;
  readOnly: boolean;
}

/** A call of which nothing is known but the request; it gets its id and its instant here. */
export function beginAttempt(service: string, http: HttpFacts, parts: ServerParts): Attempt {
  return {
    service,
    eventName: 'Unknown',
    requestId: randomUUID(),
    now: parts.sojourn.clock.now(),
    http,
    notes: auditNotes(),
    caller: undefined,
    region: parts.sojourn.region,
    requestParameters: undefined,
    responseElements: undefined,
    dataEvent: false,
    readOnly: false,
  };
}

/**
 * Runs `answer`, turns whatever it throws into the service's error by `refuse`, and records the call
 * before the reply is sent. A call whose event cannot be written is answered as an internal failure.
 */
export async function conduct(
  attempt: Attempt,
  parts: ServerParts,
  answer: () => Promise<Reply>,
  refuse: (error: ServiceError) => Reply,
): Promise<Reply> {
  const started = performance.now();
  let reply: Reply;
  let error: ServiceError | undefined;
  try {
    reply = await answer();
  } catch (thrown) {
    error = asServiceError(thrown, attempt, parts);
    reply = withAuthorizationMessage(refuse(error), error, attempt, parts);
  }
  if (attempt.caller !== undefined) {
    parts.sojourn.lastUses.note(attempt.caller, attempt.service, attempt.region, attempt.now);
  }
  if (worthRecording(attempt, error)) {
    try {
      await parts.audit.record(auditLine(endedCall(attempt, error, parts)));
    } catch (failure) {
      error = asServiceError(failure, attempt, parts);
      reply = refuse(error);
    }
  }
  const seconds = (performance.now() - started) / 1000;
  parts.metrics.observe(attempt.service, attempt.eventName, error?.code ?? '', seconds);
  return reply;
}

/** A signed call that policies denied is answered with the decision, sealed. */
function withAuthorizationMessage(reply: Reply, error: ServiceError, attempt: Attempt, parts: ServerParts): Reply {
  const { caller, notes } = attempt;
  if (error.code !== 'AccessDenied' || caller === undefined || caller.kind === 'anonymous') return reply;
  const denial = notes.decisions.findLast(({ outcome }) => outcome !== 'allow');
  const message = denial && sealAuthorizationMessage(denial, notes.explanations, caller, parts.sojourn);
  if (message === undefined) return reply;
  return { ...reply, headers: [...reply.headers, [AUTHORIZATION_MESSAGE_HEADER, message]] };
}

/** Every management call; of data events those refused in whole or in part, but not the plain "there is none". */
function worthRecording(attempt: Attempt, error: ServiceError | undefined): boolean {
  if (!attempt.dataEvent) return true;
  if (error === undefined) return attempt.notes.decisions.some(({ outcome }) => outcome !== 'allow');
  return ![304, 404, 412, 416].includes(error.status);
}

function endedCall(
  attempt: Attempt,
  error: ServiceError | undefined,
  parts: ServerParts,
): Parameters<typeof auditLine>[0] {
  const { caller } = attempt;
  const account = caller === undefined || caller.kind === 'anonymous' ? parts.sojourn.account : caller.account;
  return { ...attempt, account: attempt.notes.resources[0]?.accountId ?? account, error };
}

function asServiceError(thrown: unknown, attempt: Attempt, parts: ServerParts): ServiceError {
  if (thrown instanceof ServiceError) return thrown;
  if (isAborted(thrown)) return new ServiceError('IncompleteBody', 400, 'The request body terminated unexpectedly');
  const what = thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'a thrown value that is no error';
  parts.report(`internal failure in ${attempt.service} ${attempt.eventName}, request ${attempt.requestId}: ${what}`);
  return new ServiceError(
    attempt.service === 's3' ? 'InternalError' : 'InternalFailure',
    500,
    attempt.service === 's3'
      ? 'We encountered an internal error. Please try again.'
      : 'The request processing has failed because of an unknown error, exception or failure.',
    { reason: thrown instanceof Error ? thrown.message : 'unknown' },
  );
}
