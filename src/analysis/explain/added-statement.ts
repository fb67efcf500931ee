/** The statement that would have to be added where none of a kind of policy allows. */
import { compilePolicy } from '../../policy/compile.ts';
import type { AttachedPolicy, AuthorizationRequest, Decision, PolicySet } from '../../policy/decision.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { Policy, Statement } from '../../policy/tree.ts';
import { principalEntry } from './policy-edit.ts';
import type { PolicyStep } from './policy-step.ts';
import { silentLevels } from './progress.ts';
import { claimOf, policyName } from './wording.ts';

/**
 * Ways to add one, each of which is one edit. Where a statement of a resource-based or trust policy can be edited
 * (`isEditable`), none is added: who is let in should be read in one place.
 */
export function addedStatements(decision: Decision, isEditable: boolean): readonly PolicyStep[] {
  const { decidedBy, request, policySet } = decision;
  const what = `${request.action}${request.resource === '*' ? '' : ` on ${request.resource}`}`;
  switch (decidedBy) {
    case 'identity':
    case 'session': {
      const policies = policySet[decidedBy] ?? [];
      const added = policyOf(permission(request), decidedBy);
      const edits = [`allow ${what} in ${article(policyName(decidedBy))}`];
      return steps(added && { ...policySet, [decidedBy]: [...policies, added] }, edits);
    }
    case 'boundary': {
      const { boundary } = policySet;
      const grown = boundary && withStatement(boundary, permission(request));
      return steps(grown && { ...policySet, boundary: grown }, [
        `in ${boundary?.source}: add a statement that allows ${what}`,
      ]);
    }
    case 'scp':
      return silentLevels(decision)
        .slice(0, 1)
        .flatMap((level) => levelSteps(decision, level, what));
    case 'resource':
    case 'trust':
      return isEditable ? [] : resourceSteps(decision, decidedBy);
    case 'rcp':
      // RCPFullAWSAccess allows, and cannot be detached.
      return [];
  }
}

/** The level that is silent gets a policy of its own. */
function levelSteps({ policySet, request }: Decision, level: number, what: string): readonly PolicyStep[] {
  const levels = policySet.scp ?? [];
  const added = policyOf(permission(request), 'scp');
  if (added === undefined) return [];
  const where =
    level === 0 ? 'the root' : level === levels.length - 1 ? 'the account' : `level ${level} below the root`;
  const scp = levels.map((policies, index) => (index === level ? [...policies, added] : policies));
  return steps({ ...policySet, scp }, [`allow ${what} in a service control policy of ${where}`]);
}

/** The resource's one document names the caller, and a web identity by its subject and audience too. */
function resourceSteps({ policySet, request }: Decision, type: 'resource' | 'trust'): readonly PolicyStep[] {
  const [kind, name] = principalEntry(request);
  const conditions = identifyingConditions(request);
  const statement = {
    Effect: 'Allow',
    Principal: { [kind]: name },
    Action: request.action,
    ...(type === 'resource' && { Resource: request.resource }),
    ...(conditions.length > 0 && { Condition: { StringEquals: Object.fromEntries(conditions) } }),
  };
  const held = policySet.resource;
  const grown = held === undefined ? policyOf(statement, type) : withStatement(held, statement);
  const on = type === 'resource' ? ` on ${request.resource}` : '';
  const claims = conditions.map(([key, value]) => `${claimOf(key)} "${value}"`);
  const only = claims.length === 0 ? '' : ` with ${claims.join(' and ')}`;
  const where = held === undefined ? `in ${article(policyName(type))}` : `in ${held.source}`;
  return steps(grown && { ...policySet, resource: grown }, [
    `${where}: add a statement that allows ${request.action}${on} to ${kind} "${name}"${only}`,
  ]);
}

/** Without them the statement would let in whomever the issuer issues tokens to. */
function identifyingConditions({ principal, context }: AuthorizationRequest): readonly (readonly [string, string])[] {
  if (principal.kind !== 'webIdentity') return [];
  return [...context].flatMap(([key, value]) =>
    (key.endsWith(':sub') || key.endsWith(':aud')) && typeof value === 'string' ? [[key, value] as const] : [],
  );
}

function permission({ action, resource }: AuthorizationRequest): object {
  return { Effect: 'Allow', Action: action, Resource: resource };
}

function steps(policySet: PolicySet | undefined, edits: readonly string[]): readonly PolicyStep[] {
  return policySet === undefined ? [] : [{ policySet, edits }];
}

function policyOf(statement: object, type: AttachedPolicy['type']): AttachedPolicy | undefined {
  const policy = treeOf(statement);
  return policy && { type, source: 'added', policy: compilePolicy(policy) };
}

function withStatement(attached: AttachedPolicy, statement: object): AttachedPolicy | undefined {
  const { policy } = attached.policy;
  const [added] = treeOf(statement)?.statements ?? [];
  if (added === undefined) return undefined;
  const statements: readonly Statement[] = [...policy.statements, { ...added, index: policy.statements.length }];
  return { ...attached, policy: compilePolicy({ ...policy, statements }) };
}

function treeOf(statement: object): Policy | undefined {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statement }));
  return parsed.kind === 'policy' ? parsed.policy : undefined;
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}
