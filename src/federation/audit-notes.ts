/** What a call leaves for its audit event beyond its input and output. Never a token, key or signature. */
import type { Decision } from '../policy/decision.ts';
import { DenialExplanations } from './denial-explanations.ts';

/** Filled while the call goes on. */
export interface AuditNotes {
  /** Every decision taken for the call, in order. */
  readonly decisions: Decision[];
  /** What is said of the decisions that denied. */
  readonly explanations: DenialExplanations;
  /** `userIdentity` of CloudTrail when it is not simply the caller (web identities). */
  userIdentity?: Readonly<Record<string, unknown>>;
  /** Added to `requestParameters` (source identity and tags that came in the token). */
  readonly requestParameters: Record<string, unknown>;
  readonly additionalEventData: Record<string, unknown>;
  readonly resources: { readonly accountId: string; readonly type: string; readonly ARN: string }[];
  /** Why the call failed, in words that the wire may not carry. */
  detail?: string;
}

/** Notes of a call that has just begun. */
export function auditNotes(): AuditNotes {
  return {
    decisions: [],
    explanations: new DenialExplanations(),
    requestParameters: {},
    additionalEventData: {},
    resources: [],
  };
}
