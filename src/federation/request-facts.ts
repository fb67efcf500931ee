/** A call as condition keys and decisions need it, whatever protocol brought it. */
import type { AccountId } from '../base/arn.ts';
import type { AuditNotes } from './audit-notes.ts';
import type { Caller } from './caller.ts';
import type { Sojourn } from './sojourn.ts';

/** The HTTP request as far as operations and condition keys need it. */
export interface HttpFacts {
  readonly method: string;
  /** Names lower-cased; of a repeated header the values joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Query parameters, decoded; of a repeated one the first. */
  readonly query: ReadonlyMap<string, string>;
  readonly sourceIp: string;
  readonly secure: boolean;
  /** Trailing headers of a chunked body, names lower-cased; complete once the body has been read to its end. */
  readonly trailers: ReadonlyMap<string, string>;
}

/** One action on one resource that a call needs, with the context keys that only the operation knows. */
export interface Requirement {
  /** `iam:CreateRole` */
  readonly action: string;
  /** ARN, or `*` for an action without a resource type. */
  readonly resource: string;
  /** Condition keys of this request (`iam:PermissionsBoundary`, `s3:prefix`, `aws:RequestTag/x`); arrays are multivalued. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** What the denial prints for the resource, where the call decides it and not the action alone (`denied-resource.ts`). */
  readonly printed?: string;
}

/** What every use case knows of the call it serves. */
export interface RequestFacts<C extends Caller = Caller> {
  readonly caller: C;
  /** Account the call acts in: the caller's, or for anonymous calls this Sojourn's. */
  readonly account: AccountId;
  /** From the credential scope; for unsigned calls this Sojourn's. */
  readonly region: string;
  readonly requestId: string;
  /** Milliseconds since the epoch: one instant for the whole call. */
  readonly now: number;
  readonly http: HttpFacts;
  readonly sojourn: Sojourn;
  readonly notes: AuditNotes;
}
