/**
 * One call as CloudTrail would record it (reference aws-federation 9), with Sojourn's decision beside
 * it. Never a token, a secret or a signature; refused tokens are recorded too, which AWS does not do.
 */
import { randomUUID } from 'node:crypto';
import { isoSeconds } from '../base/clock.ts';
import type { ServiceError } from '../base/service-error.ts';
import type { AuditNotes } from '../federation/audit-notes.ts';
import type { Caller } from '../federation/caller.ts';
import { decisionRecord, type DecisionRecord } from '../federation/decision-record.ts';
import type { Json } from '../wire/redact.ts';
import type { HttpFacts } from '../federation/request-facts.ts';
import { boundedField, boundedMessage, boundedRecords, FIELD_LIMIT, withoutTokens } from './audit-bounds.ts';

/** Everything known of a call when it ends; fields are missing when it failed early. */
export interface EndedCall {
  readonly service: string;
  /** Operation; `Unknown` when there is none of the name that was sent. */
  readonly eventName: string;
  readonly readOnly: boolean;
  /** Of objects rather than of what holds them. */
  readonly dataEvent: boolean;
  readonly caller: Caller | undefined;
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly http: HttpFacts;
  /** Input and output without their sensitive members, names as CloudTrail prints them. */
  readonly requestParameters: Json | undefined;
  readonly responseElements: Json | undefined;
  readonly error: ServiceError | undefined;
  readonly notes: AuditNotes;
}

/**
 * The event as one line of JSON, without its line feed. A line that is short as a whole has no field
 * that is too long: only a longer one is made again with each field bounded.
 */
export function auditLine(call: EndedCall): string {
  const line = JSON.stringify(auditEvent(call, (field) => field));
  const bounded = line.length > FIELD_LIMIT ? JSON.stringify(auditEvent(call, boundedField)) : line;
  return withoutTokens(bounded);
}

function auditEvent(call: EndedCall, bounded: (field: object) => object): object {
  const { error, notes, http } = call;
  return {
    eventVersion: '1.11',
    userIdentity: notes.userIdentity ?? userIdentity(call.caller),
    eventTime: isoSeconds(call.now),
    eventSource: `${call.service}.amazonaws.com`,
    eventName: call.eventName,
    awsRegion: call.service === 'iam' ? 'us-east-1' : call.region,
    sourceIPAddress: http.sourceIp,
    userAgent: (http.headers['user-agent'] ?? '').slice(0, 1024),
    errorCode: error?.code,
    errorMessage: error === undefined || error.logged === '' ? undefined : boundedMessage(error.logged),
    requestParameters: requestParameters(call, bounded),
    responseElements: error === undefined ? responseElements(call, bounded) : null,
    additionalEventData: Object.keys(notes.additionalEventData).length > 0 ? notes.additionalEventData : undefined,
    requestID: call.requestId,
    eventID: randomUUID(),
    readOnly: call.readOnly,
    resources: notes.resources.length > 0 ? notes.resources : undefined,
    eventType: 'AwsApiCall',
    managementEvent: !call.dataEvent,
    recipientAccountId: call.account,
    eventCategory: call.dataEvent ? 'Data' : 'Management',
    sojourn: sojournPart(call),
  };
}

/** The input and what came in the token; null when the input could not be read. */
function requestParameters(
  { requestParameters: sent, notes }: EndedCall,
  bounded: (field: object) => object,
): object | null {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return null;
  return bounded({ ...sent, ...notes.requestParameters });
}

function responseElements({ responseElements: sent }: EndedCall, bounded: (field: object) => object): object | null {
  return typeof sent === 'object' && sent !== null ? bounded(sent) : null;
}

/** What AWS does not record: every decision with its reasons, and the operator's side of an error. */
function sojournPart(call: EndedCall): object | undefined {
  const detail = call.notes.detail ?? call.error?.reason;
  const { decisions, explanations } = call.notes;
  if (decisions.length === 0 && detail === undefined) return undefined;
  const recordOf = (decision: AuditNotes['decisions'][number]): DecisionRecord =>
    decisionRecord(decision, explanations);
  const kept = decisions.length === 1 ? decisions.map(recordOf) : boundedRecords(decisions, recordOf);
  return {
    decisions: kept,
    decisionsOmitted: kept.length < decisions.length ? decisions.length - kept.length : undefined,
    detail: detail === undefined ? undefined : boundedMessage(detail),
  };
}

/** CloudTrail's userIdentity element. */
function userIdentity(caller: Caller | undefined): object {
  if (caller === undefined || caller.kind === 'anonymous') return { type: 'Unknown', principalId: 'anonymous' };
  const common = { arn: caller.arn, accountId: caller.account, accessKeyId: caller.accessKeyId };
  switch (caller.kind) {
    case 'root':
      return { type: 'Root', principalId: caller.account, ...common };
    case 'user':
      return { type: 'IAMUser', principalId: caller.user.id, ...common, userName: caller.user.name };
    case 'federatedUser':
      return { type: 'FederatedUser', principalId: `${caller.account}:${caller.session.name}`, ...common };
    case 'role':
      return {
        type: 'AssumedRole',
        principalId: `${caller.role.id}:${caller.session.sessionName}`,
        ...common,
        sessionContext: sessionContext(caller),
      };
  }
}

function sessionContext(caller: Extract<Caller, { kind: 'role' }>): object {
  const { role, session } = caller;
  return {
    sessionIssuer: {
      type: 'Role',
      principalId: role.id,
      arn: role.arn,
      accountId: role.account,
      userName: role.name,
    },
    webIdFederationData:
      session.federatedProvider === undefined
        ? undefined
        : { federatedProvider: session.federatedProvider, attributes: session.carried ?? {} },
    attributes: { creationDate: isoSeconds(session.issuedAt * 1000), mfaAuthenticated: 'false' },
    sourceIdentity: session.sourceIdentity,
  };
}
