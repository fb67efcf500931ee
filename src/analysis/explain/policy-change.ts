/** Which edit of a policy would turn the outcome round. */
import { compilePolicy } from '../../policy/compile.ts';
import type { AttachedPolicy, Decision, PolicyOutcome, PolicySet, StatementOutcome } from '../../policy/decision.ts';
import { evaluate } from '../../policy/evaluate.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { Policy, Statement } from '../../policy/tree.ts';
import type { Change } from './explanation.ts';
import { editToMatch } from './policy-edit.ts';
import { policyName } from './wording.ts';

/** A statement together with the policy that it stands in. */
export interface PlacedStatement {
  readonly outcome: StatementOutcome;
  readonly policy: PolicyOutcome;
}

/** Edits a nearly matching Allow so that it matches. */
export function changeStatement(decision: Decision, { outcome, policy }: PlacedStatement): Change | undefined {
  const edit = editToMatch(outcome, decision.request);
  if (edit === undefined) return undefined;
  const { attached } = policy;
  const edited = withStatements(attached.policy.policy, (statement) =>
    statement.index === outcome.statement.index ? [edit.statement] : [statement],
  );
  const edits = edit.edits.map((words) => `in ${attached.source}, ${words}`);
  return tried(decision, attached, edited, edits);
}

/** Takes out the statement that decided. */
export function removeStatement(decision: Decision, { outcome, policy }: PlacedStatement): Change | undefined {
  const { attached } = policy;
  const { index, sid, tree } = outcome.statement;
  const edited = withStatements(attached.policy.policy, (statement) => (statement.index === index ? [] : [statement]));
  const name = sid === undefined ? `statement ${index + 1}` : `statement "${sid}"`;
  const words = `in ${attached.source}, line ${tree.span.start.line}: take out ${name}, or narrow it`;
  return tried(decision, attached, edited, [words]);
}

/** Adds a policy of the type that found no Allow. Trust and resource-based policies are one document, and are edited instead. */
export function addStatement(decision: Decision): Change | undefined {
  const { decidedBy, request, policySet } = decision;
  if (decidedBy === 'resource' || decidedBy === 'trust' || decidedBy === 'rcp') return undefined;
  const parsed = parsePolicy(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: request.action, Resource: request.resource },
    }),
  );
  if (parsed.kind === 'malformed') return undefined;
  const added: AttachedPolicy = { type: decidedBy, source: 'added', policy: compilePolicy(parsed.policy) };
  const { outcome } = evaluate(request, withPolicy(policySet, added));
  if (outcome !== 'allow') return undefined;
  const on = request.resource === '*' ? '' : ` on ${request.resource}`;
  return { of: 'policy', outcome, edits: [`allow ${request.action}${on} in ${article(policyName(decidedBy))}`] };
}

function tried(
  decision: Decision,
  attached: AttachedPolicy,
  edited: Policy,
  edits: readonly string[],
): Change | undefined {
  const policySet = replaced(decision.policySet, attached, { ...attached, policy: compilePolicy(edited) });
  const { outcome } = evaluate(decision.request, policySet);
  return outcome === 'allow' ? { of: 'policy', outcome, edits } : undefined;
}

function withStatements(policy: Policy, edit: (statement: Statement) => readonly Statement[]): Policy {
  return { ...policy, statements: policy.statements.flatMap(edit) };
}

/** The set with one attached policy exchanged wherever it hangs. */
function replaced(set: PolicySet, old: AttachedPolicy, edited: AttachedPolicy): PolicySet {
  const one = (policy: AttachedPolicy): AttachedPolicy => (policy === old ? edited : policy);
  return {
    identity: set.identity.map(one),
    boundary: set.boundary && one(set.boundary),
    session: set.session?.map(one),
    resource: set.resource && one(set.resource),
    scp: set.scp?.map((level) => level.map(one)),
    rcp: set.rcp?.map((level) => level.map(one)),
  };
}

function withPolicy(set: PolicySet, added: AttachedPolicy): PolicySet {
  switch (added.type) {
    case 'identity':
      return { ...set, identity: [...set.identity, added] };
    case 'boundary':
      return { ...set, boundary: added };
    case 'session':
      return { ...set, session: [...(set.session ?? []), added] };
    case 'scp':
      return { ...set, scp: set.scp?.map((level) => [...level, added]) };
    case 'rcp':
    case 'resource':
    case 'trust':
      return set;
  }
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}
