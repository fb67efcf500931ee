/**
 * An operation is data: what it needs permission for, and what it does. Its wire shape is the row of
 * the same name in `wire/generated`. The dispatcher does the rest for all of them: decode →
 * authenticate → validate → authorize → handle → encode → audit.
 */
import type { AccountId } from '../base/arn.ts';
import type { AuditNotes } from '../federation/audit-notes.ts';
import type { Caller, SignedCaller } from '../federation/caller.ts';
import type { Sojourn } from '../federation/sojourn.ts';

/** One action on one resource that a call needs, with the context keys that only the operation knows. */
export interface Requirement {
  /** `iam:CreateRole` */
  readonly action: string;
  /** ARN, or `*` for an action without a resource type. */
  readonly resource: string;
  /** Condition keys of this request (`iam:PermissionsBoundary`, `s3:prefix`, `aws:RequestTag/x`); arrays are multivalued. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** What a call needs before it is handled. Several requirements must all be allowed. */
export type Permission<Input> =
  /** No permission can be needed or denied; says why. */
  | { readonly kind: 'none'; readonly why: string }
  /** The operation decides itself inside `handle` (STS trust policies, DeleteObjects per key); says how. */
  | { readonly kind: 'own'; readonly how: string }
  | {
      readonly kind: 'actions';
      /** Actions that may be asked for, for the reference. */
      readonly actions: readonly string[];
      readonly requirements: (input: Input, call: Call) => readonly Requirement[] | Promise<readonly Requirement[]>;
    };

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

/** One call on its way through. */
export interface Call<C extends Caller = Caller> {
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
  /** What the operation sets on the HTTP answer beyond its output's members (206, 304, a header of its own). */
  readonly reply: { status?: number; readonly headers: Record<string, string> };
}

export interface Operation<Input, Output> {
  /** Key of the wire table, `CreateRole`. */
  readonly name: string;
  readonly permission: Permission<Input>;
  readonly handle: (input: Input, call: Call) => Promise<Output>;
}

/** A service's operations by name; types of input and output come from the generated tables. */
export type OperationTable<Operations> = {
  readonly [K in keyof Operations]?: Operations[K] extends { readonly input: infer I; readonly output: infer O }
    ? Operation<I, O>
    : never;
};

export type SignedCall = Call<SignedCaller>;
