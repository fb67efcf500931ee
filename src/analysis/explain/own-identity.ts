/** The request's own identity as conditions: what an edited or added statement tells its caller apart by. */
import type { AuthorizationRequest, Decision } from '../../policy/decision.ts';
import type { Condition, PolicyVersion, Span } from '../../policy/tree.ts';
import { identifyingKeys, isIdentified } from './identifying-condition.ts';
import { literalText } from './literal-text.ts';
import { issuerOf } from './wording.ts';

/** Where the conditions are to stand. */
export interface StatementPlace {
  readonly version: PolicyVersion;
  readonly span: Span;
}

/** Conditions after an edit, and what was edited, in words. */
export interface IdentifiedConditions {
  readonly conditions: readonly Condition[];
  /** Undefined: nothing had to be. */
  readonly words?: string;
}

/**
 * The conditions, and the request's own claim with them should none of them tell callers apart; undefined when the
 * request has no claim that does.
 */
export function withIdentity(
  conditions: readonly Condition[],
  request: AuthorizationRequest,
  place: StatementPlace,
): IdentifiedConditions | undefined {
  const issuer = issuerOf(request.principal);
  if (issuer === undefined || isIdentified(conditions, issuer)) return { conditions };
  for (const own of ownIdentities(request, issuer, place)) {
    const edited = withOwn(conditions, own);
    if (isIdentified(edited.conditions, issuer)) return edited;
  }
  return undefined;
}

/**
 * What a statement that is made for the request alone compares, StringEquals: the claim that tells its caller apart,
 * subject and audience. Undefined when no claim does; empty for callers that are named in Principal.
 */
export function identifyingPairs(
  request: AuthorizationRequest,
  { version }: Pick<StatementPlace, 'version'>,
): readonly (readonly [key: string, value: string])[] | undefined {
  const issuer = issuerOf(request.principal);
  if (issuer === undefined) return [];
  const place = { version, span: NOWHERE };
  const identity = ownIdentities(request, issuer, place).find((own) => isIdentified([own], issuer));
  if (identity === undefined) return undefined;
  const keys = new Set([identity.key.text, `${issuer}:sub`, `${issuer}:aud`]);
  return [...keys].flatMap((key) => {
    const value = ownValue(key, request, place);
    return value === undefined ? [] : [[key, value] as const];
  });
}

/** Whether an Allow of the role trust policy that let the request in lets in everybody whom the issuer issues tokens to. */
export function letsEverybodyIn({ outcome, request, policies }: Decision): boolean {
  const issuer = issuerOf(request.principal);
  if (issuer === undefined || outcome !== 'allow') return false;
  return policies.some(
    ({ attached, statements }) =>
      attached.type === 'trust' &&
      statements.some(
        ({ matched, statement }) =>
          matched && statement.effect === 'Allow' && !isIdentified(statement.tree.conditions, issuer),
      ),
  );
}

/** Of a statement that stands nowhere yet. */
const NOWHERE: Span = { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } };

/** StringEquals on each key that tells callers apart and that the request has. */
function* ownIdentities(request: AuthorizationRequest, issuer: string, place: StatementPlace): Generator<Condition> {
  for (const key of identifyingKeys(issuer) ?? [`${issuer}:sub`]) {
    const value = ownValue(key, request, place);
    if (value === undefined) continue;
    const located = (text: string) => ({ text, span: place.span });
    yield { operator: located('StringEquals'), key: located(key), values: [located(value)] };
  }
}

function ownValue(
  key: string,
  { context }: AuthorizationRequest,
  { version }: Pick<StatementPlace, 'version'>,
): string | undefined {
  const held = context.get(key.toLowerCase());
  return typeof held === 'string' ? literalText(held, { version, wildcards: false }) : undefined;
}

/** A document has no second block of the same operator and key: the values of the first give way. */
function withOwn(conditions: readonly Condition[], own: Condition): IdentifiedConditions {
  const { operator, key, values } = own;
  const what = `${operator.text} ${key.text}`;
  const value = `"${values[0]?.text ?? ''}"`;
  const same = conditions.find(
    (one) => one.operator.text === operator.text && one.key.text.toLowerCase() === key.text.toLowerCase(),
  );
  if (same === undefined) return { conditions: [...conditions, own], words: `add the condition ${what} ${value}` };
  return {
    conditions: conditions.map((one) => (one === same ? { ...one, values } : one)),
    words: `write ${value} in place of the values of ${what}`,
  };
}
