/** The statement that would have to be added where none of a kind of policy allows. */
import { compilePolicy } from '../../policy/compile.ts';
import type { AttachedPolicy, AuthorizationRequest, Decision, PolicySet } from '../../policy/decision.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { Policy, PolicyVersion } from '../../policy/tree.ts';
import { withStatementAdded } from './edited-policy.ts';
import { literalAction, literalText } from './literal-text.ts';
import { identifyingPairs } from './own-identity.ts';
import { principalEntry } from './policy-edit.ts';
import type { PolicyStep } from './policy-step.ts';
import { silentLevels } from './progress.ts';
import { claimOf, levelName, policyName } from './wording.ts';

/** Of a policy that is written now. */
const NEW_VERSION = '2012-10-17';

/**
 * Ways to add one, each of which is one edit. Where a statement of a resource-based or trust policy can be edited
 * (`isEditable`), none is added: who is let in should be read in one place.
 */
export function addedStatements(decision: Decision, isEditable: boolean): readonly PolicyStep[] {
  const { decidedBy, request, policySet } = decision;
  switch (decidedBy) {
    case 'identity':
    case 'session': {
      const policies = policySet[decidedBy] ?? [];
      const permission = permissionFor(request, NEW_VERSION);
      const added = permission && policyOf(permission.statement, decidedBy);
      return steps(added && { ...policySet, [decidedBy]: [...policies, added] }, [
        `allow ${permission?.what} in ${article(policyName(decidedBy))}`,
      ]);
    }
    case 'boundary': {
      const { boundary } = policySet;
      const permission = boundary && permissionFor(request, boundary.policy.policy.version);
      const grown = permission && withStatement(boundary, permission.statement);
      return steps(grown && { ...policySet, boundary: grown }, [
        `in ${boundary?.source}: add a statement that allows ${permission?.what}`,
      ]);
    }
    case 'scp':
      return silentLevels(decision)
        .slice(0, 1)
        .flatMap((level) => levelSteps(decision, level));
    case 'resource':
    case 'trust':
      return isEditable ? [] : resourceSteps(decision, decidedBy);
    case 'rcp':
      // RCPFullAWSAccess allows, and cannot be detached.
      return [];
  }
}

/** The level that is silent gets a policy of its own. */
function levelSteps({ policySet, request }: Decision, level: number): readonly PolicyStep[] {
  const levels = policySet.scp ?? [];
  const permission = permissionFor(request, NEW_VERSION);
  const added = permission && policyOf(permission.statement, 'scp');
  if (added === undefined) return [];
  const scp = levels.map((policies, index) => (index === level ? [...policies, added] : policies));
  const where = levelName(level, levels.length);
  return steps({ ...policySet, scp }, [`allow ${permission?.what} in a service control policy of ${where}`]);
}

/** The resource's one document names the caller, and a web identity by its claims too: without them everybody would be let in. */
function resourceSteps({ policySet, request }: Decision, type: 'resource' | 'trust'): readonly PolicyStep[] {
  const held = policySet.resource;
  const version = held?.policy.policy.version ?? NEW_VERSION;
  const permission = permissionFor(request, version);
  if (permission === undefined) return [];
  const [kind, name] = principalEntry(request);
  const conditions = identifyingPairs(request, { version });
  if (conditions === undefined) return [];
  const statement = {
    Effect: 'Allow',
    Principal: { [kind]: name },
    Action: request.action,
    ...(type === 'resource' && { Resource: permission.statement.Resource }),
    ...(conditions.length > 0 && { Condition: { StringEquals: Object.fromEntries(conditions) } }),
  };
  const grown = held === undefined ? policyOf(statement, type) : withStatement(held, statement);
  const what = type === 'resource' ? permission.what : request.action;
  const claims = conditions.map(([key, value]) => `${claimOf(key)} "${value}"`);
  const only = claims.length === 0 ? '' : ` with ${claims.join(' and ')}`;
  const where = held === undefined ? `in ${article(policyName(type))}` : `in ${held.source}`;
  return steps(grown && { ...policySet, resource: grown }, [
    `${where}: add a statement that allows ${what} to ${kind} "${name}"${only}`,
  ]);
}

interface Permission {
  readonly statement: { readonly Effect: 'Allow'; readonly Action: string; readonly Resource: string };
  /** `s3:GetObject on arn:aws:s3:::bucket/key` */
  readonly what: string;
}

/** Of what was asked and nothing else; undefined when the language has no words for that alone. */
function permissionFor({ action, resource }: AuthorizationRequest, version: PolicyVersion): Permission | undefined {
  const Action = literalAction(action);
  const Resource = resource === '*' ? resource : literalText(resource, { version, wildcards: true });
  if (Action === undefined || Resource === undefined) return undefined;
  return {
    statement: { Effect: 'Allow', Action, Resource },
    what: resource === '*' ? action : `${action} on ${Resource}`,
  };
}

function steps(policySet: PolicySet | undefined, edits: readonly string[]): readonly PolicyStep[] {
  return policySet === undefined ? [] : [{ policySet, edits }];
}

function policyOf(statement: object, type: AttachedPolicy['type']): AttachedPolicy | undefined {
  const policy = treeOf(statement);
  return policy && { type, source: 'added', policy: compilePolicy(policy) };
}

function withStatement(attached: AttachedPolicy, statement: object): AttachedPolicy | undefined {
  const [added] = treeOf(statement)?.statements ?? [];
  return added && withStatementAdded(attached, added);
}

function treeOf(statement: object): Policy | undefined {
  const parsed = parsePolicy(JSON.stringify({ Version: NEW_VERSION, Statement: statement }));
  return parsed.kind === 'policy' ? parsed.policy : undefined;
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}
