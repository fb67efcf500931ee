/**
 * A policy document as a tree in which every element, condition and value knows where it stands.
 *
 * One value and a list of one are the same thing (grammar, reference iam-policy-evaluation 1), so the
 * tree holds lists everywhere. It says nothing about meaning: that is `compile.ts`.
 */

/** A place in the text. Line and column count from 1, in UTF-16 units; the offset counts from 0. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** From the first character to the one after the last. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/** A value of the document with its place. Numbers and booleans are kept as their text. */
export interface Located {
  readonly text: string;
  readonly span: Span;
}

/** The two versions of the language. Without `Version` a document is of 2008-10-17: no policy variables. */
export type PolicyVersion = '2012-10-17' | '2008-10-17';

/** A whole document. */
export interface Policy {
  /** The version that counts. */
  readonly version: PolicyVersion;
  /** The element as written; undefined when absent. */
  readonly versionElement: Located | undefined;
  readonly id: Located | undefined;
  readonly statements: readonly Statement[];
}

/** What a matching statement does. Case matters. */
export type Effect = 'Allow' | 'Deny';

/** One statement: all its elements must match. */
export interface Statement {
  /** Place in the document's list, from 0. */
  readonly index: number;
  readonly span: Span;
  readonly sid: Located | undefined;
  readonly effect: Effect;
  /** `Principal` or `NotPrincipal`. */
  readonly principal: PrincipalElement | undefined;
  /** `Action` or `NotAction`. */
  readonly action: ListElement;
  /** `Resource` or `NotResource`. */
  readonly resource: ListElement | undefined;
  /** Every key of every operator block, in order of the document. */
  readonly conditions: readonly Condition[];
}

/**
 * A document in which statements lack an action or a readable effect, and nothing else is wrong. AWS has sentences for
 * that which come late, so the write controls read on; as its type says, it is not a policy and cannot be compiled.
 */
export interface PolicyDraft extends Omit<Policy, 'statements'> {
  readonly statements: readonly StatementDraft[];
}

/** A statement as far as it was written. */
export interface StatementDraft extends Omit<Statement, 'effect' | 'action'> {
  readonly effect: Effect | undefined;
  readonly action: ListElement | undefined;
}

/** An element that is a list of patterns. */
export interface ListElement {
  /** `NotAction`, `NotResource`: true when no item matches. */
  readonly negated: boolean;
  readonly span: Span;
  readonly items: readonly Located[];
}

/** The keys that a principal map may have. Their case matters. */
export const PRINCIPAL_TYPES = ['AWS', 'Federated', 'Service', 'CanonicalUser'] as const;
/** One of {@link PRINCIPAL_TYPES}. */
export type PrincipalType = (typeof PRINCIPAL_TYPES)[number];

/** `Principal` or `NotPrincipal`. */
export interface PrincipalElement {
  readonly negated: boolean;
  readonly span: Span;
  /** The bare text `"*"`, which is not quite the same as `{"AWS":"*"}` (reference 2). */
  readonly everyone: boolean;
  readonly entries: readonly PrincipalEntry[];
}

/** One type of principal with its values. */
export interface PrincipalEntry {
  readonly type: PrincipalType;
  readonly values: readonly Located[];
  /** Whether the document has a list here; RCPs and guards tell `"*"` from `["*"]`. */
  readonly list: boolean;
}

/** One key of one operator block; its values are alternatives. */
export interface Condition {
  /** As written: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: Located;
  readonly key: Located;
  readonly values: readonly Located[];
}
