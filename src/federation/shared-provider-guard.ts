/**
 * AWS's control on trust in issuers that sign for everyone: each Allow of AssumeRoleWithWebIdentity
 * must test a claim that tells tenants apart (reference aws-federation 5 and 12.5–12.6,
 * iam-policy-evaluation 13.2, from recorded calls). It is a check of form: `repo:*` passes. What a
 * policy really lets in is for the linter and the prover.
 */
import { parseArn } from '../base/arn.ts';
import { applicationIdRefusal, builtInPrincipal, type BuiltInProvider } from '../idp/built-in.ts';
import {
  requiredKeys,
  sharedProviderOf,
  sharedProviderRefusal,
  unconditionalRefusal,
  type SharedProvider,
} from '../idp/shared-providers.ts';
import { compileGlob, unitsOf } from '../policy/glob.ts';
import type { Condition, Policy, Statement } from '../policy/tree.ts';

const ACTION = 'sts:assumerolewithwebidentity';
const PROVIDER_RESOURCE = 'oidc-provider/';

/** AWS's refusal for the first Allow that trusts a shared provider without telling its tenants apart; undefined when none does. */
export function unscopedProvider(policy: Policy): string | undefined {
  for (const statement of policy.statements) {
    if (statement.effect !== 'Allow' || !coversWebIdentity(statement)) continue;
    for (const principal of federatedPrincipals(statement)) {
      const refusal = refusalFor(principal, statement.conditions);
      if (refusal !== undefined) return refusal;
    }
  }
  return undefined;
}

function refusalFor(principal: string, conditions: readonly Condition[]): string | undefined {
  const issuer = issuerOfPrincipal(principal);
  const shared = sharedProviderOf(issuer);
  if (shared !== undefined && !isScoped(shared, issuer, conditions)) {
    const unconditional = conditions.length === 0 ? unconditionalRefusal(shared) : undefined;
    return unconditional ?? sharedProviderRefusal(shared, issuer, principal);
  }
  const builtIn = builtInPrincipal(principal);
  if (builtIn !== undefined && shared === undefined && !testsApplication(builtIn, conditions)) {
    return applicationIdRefusal(builtIn);
  }
  return undefined;
}

function coversWebIdentity(statement: Statement): boolean {
  const named = statement.action.items.some(({ text }) => compileGlob(unitsOf(text.toLowerCase()))(ACTION));
  return named !== statement.action.negated;
}

function federatedPrincipals(statement: Statement): readonly string[] {
  if (statement.principal === undefined || statement.principal.negated) return [];
  return statement.principal.entries
    .filter((entry) => entry.type === 'Federated')
    .flatMap((entry) => entry.values.map(({ text }) => text));
}

/** The issuer in a provider's ARN; a bare domain is its own issuer. */
function issuerOfPrincipal(principal: string): string {
  const resource = parseArn(principal)?.resource;
  return resource?.startsWith(PROVIDER_RESOURCE) === true ? resource.slice(PROVIDER_RESOURCE.length) : principal;
}

/** One operator block is enough; inside it, every required claim that is tested at all must be scoped. */
function isScoped(shared: SharedProvider, issuer: string, conditions: readonly Condition[]): boolean {
  const keys = new Set(requiredKeys(shared, issuer).map((key) => key.toLowerCase()));
  const blocks = new Map<string, Condition[]>();
  for (const condition of conditions) {
    if (!COMPARING.has(operatorName(condition)) || !keys.has(condition.key.text.toLowerCase())) continue;
    const block = blocks.get(condition.operator.text) ?? [];
    blocks.set(condition.operator.text, [...block, condition]);
  }
  const excludes = shared.prefix ? excludesAllOfGitHub : excludesAll;
  return [...blocks.values()].some((block) => block.every(excludes));
}

/** `IfExists` forms are not among them: an absent claim would pass. */
const COMPARING: ReadonlySet<string> = new Set(['stringequals', 'stringlike', 'stringequalsignorecase']);
const EQUATING: ReadonlySet<string> = new Set(['stringequals', 'stringequalsignorecase']);

/** Of a list AWS looks at the first value only; an empty list passes. */
function excludesAll({ values }: Condition): boolean {
  return values[0]?.text !== '*';
}

/** For GitHub, whatever begins with a star, and a blank value. */
function excludesAllOfGitHub({ values }: Condition): boolean {
  const first = values[0]?.text;
  return first === undefined || (!first.startsWith('*') && first.trim() !== '');
}

/** Built-in providers have no client ids registered: the policy itself must name an application, its key spelled exactly. */
function testsApplication(builtIn: BuiltInProvider, conditions: readonly Condition[]): boolean {
  return conditions.some(
    (condition) => EQUATING.has(operatorName(condition)) && builtIn.applicationKeys.includes(condition.key.text),
  );
}

/** Lower-cased, without `ForAnyValue:` or `ForAllValues:`. */
function operatorName({ operator }: Condition): string {
  const name = operator.text.toLowerCase();
  return name.slice(name.indexOf(':') + 1);
}
