/**
 * Tree → compiled policy: patterns read, keys lower-cased, operators looked up, once. Every compiled part keeps its
 * place in the tree, so that an outcome can point to line and column.
 */
import type { ArnParts } from '../base/arn.ts';
import { compileArnPattern, hasWildcard, type ArnPattern } from './arn-pattern.ts';
import { compileCondition, type CompiledCondition } from './condition.ts';
import type { RequestContext } from './context.ts';
import { compileGlob, unitsOf, type Glob } from './glob.ts';
import { compileDenyingNotPrincipal, compilePrincipal, type PrincipalPattern } from './principal-pattern.ts';
import type { Problem } from './problem.ts';
import type { Effect, ListElement, Policy, Statement } from './tree.ts';
import { isSpent } from './work.ts';

/** A policy ready for {@link evaluate}. */
export interface CompiledPolicy {
  readonly policy: Policy;
  readonly statements: readonly CompiledStatement[];
  /** Why a stored text could not be read; such a policy has no statements and so allows nothing. */
  readonly problems: readonly Problem[];
}

/** Whether a lower-cased action is among the statement's. */
export type ActionPattern = (lowerCasedAction: string) => boolean;

/** A resource as patterns see it: the ARN's parts, or undefined for `*`, the resource of actions without one. */
export type ResourcePattern = (arn: ArnParts | undefined, context: RequestContext) => boolean;

/** A statement with its patterns read, tied to its place in the tree. */
export interface CompiledStatement {
  readonly tree: Statement;
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: Effect;
  /** Undefined when the statement names no principal. */
  readonly principal: PrincipalPattern | undefined;
  /** NotPrincipal with Deny: hits every caller that has a permissions boundary. */
  readonly deniesBounded: boolean;
  readonly action: ActionPattern;
  /** Undefined when the statement names no resource, as in trust policies. */
  readonly resource: ResourcePattern | undefined;
  readonly conditions: readonly CompiledCondition[];
}

/** Compiles a policy of any type. */
export function compilePolicy(policy: Policy): CompiledPolicy {
  const variables = policy.version === '2012-10-17';
  const statements = policy.statements.map((tree) => compileStatement(tree, variables));
  return { policy, statements, problems: [] };
}

/** What stands for a stored text that no longer parses: it allows nothing, and its outcome says why. */
export function unreadablePolicy(problems: readonly Problem[]): CompiledPolicy {
  const policy: Policy = { version: '2008-10-17', versionElement: undefined, id: undefined, statements: [] };
  return { policy, statements: [], problems };
}

function compileStatement(tree: Statement, variables: boolean): CompiledStatement {
  const { principal, resource } = tree;
  const deniesBounded = principal?.negated === true && tree.effect === 'Deny';
  return {
    tree,
    index: tree.index,
    sid: tree.sid?.text,
    effect: tree.effect,
    principal: principal && (deniesBounded ? compileDenyingNotPrincipal(principal) : compilePrincipal(principal)),
    deniesBounded,
    action: compileActions(tree.action),
    resource: resource && compileResources(resource, { variables, resourceBased: principal !== undefined }),
    conditions: tree.conditions.map((condition) => compileCondition(condition, variables)),
  };
}

/** Actions compare without case. An item without a colon names nothing but `*`, which names all. */
function compileActions({ items, negated }: ListElement): ActionPattern {
  const patterns: Glob[] = items
    .filter(({ text }) => text === '*' || text.includes(':'))
    .map(({ text }) => compileGlob(unitsOf(text.toLowerCase())));
  const [only] = patterns;
  if (patterns.length === 1 && only !== undefined && !negated) return only;
  return (action) => patterns.some((matches) => matches(action)) !== negated;
}

/** Short ARNs are padded with `*`; in resource-based policies only when they have a wildcard (reference 3). */
function compileResources(
  { items, negated }: ListElement,
  options: { readonly variables: boolean; readonly resourceBased: boolean },
): ResourcePattern {
  const everything = items.some(({ text }) => text === '*');
  const patterns = items.flatMap(({ text }): ArnPattern[] => {
    const pad = !options.resourceBased || hasWildcard(text);
    const pattern = compileArnPattern(text, { variables: options.variables, everywhere: false, pad });
    return pattern === undefined ? [] : [pattern];
  });
  if (everything) return () => !negated;
  return (arn, context) =>
    (arn !== undefined && patterns.some((matches) => isSpent() || matches(arn, context))) !== negated;
}
