/**
 * An operation is data: what it needs permission for, and what it does. Its wire shape is the row of
 * the same name in `wire/generated`. The dispatcher does the rest for all of them: decode →
 * authenticate → validate → authorize → handle → encode → audit.
 */
import type { Caller, SignedCaller } from '../federation/caller.ts';
import type { HttpFacts, RequestFacts, Requirement } from '../federation/request-facts.ts';

export type { HttpFacts, Requirement };

/** What a call needs before it is handled. Several requirements must all be allowed. */
export type Permission<Input> =
  /** No permission can be needed or denied; says why. */
  | { readonly kind: 'none'; readonly why: string }
  /** The operation decides itself inside `handle` (STS trust policies, DeleteObjects per key); says how. */
  | { readonly kind: 'own'; readonly how: string; readonly actions: readonly string[] }
  | {
      readonly kind: 'actions';
      /** Actions that may be asked for, for the reference. */
      readonly actions: readonly string[];
      readonly requirements: (input: Input, call: Call) => readonly Requirement[] | Promise<readonly Requirement[]>;
    };

/** One call on its way through. */
export interface Call<C extends Caller = Caller> extends RequestFacts<C> {
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
