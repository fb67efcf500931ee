/** One edit of one policy among all that have a say: a statement edited so that it matches, or taken out. */
import { compilePolicy } from '../../policy/compile.ts';
import type { AttachedPolicy, Decision, PolicySet } from '../../policy/decision.ts';
import type { Policy, Statement } from '../../policy/tree.ts';
import type { PlacedStatement } from './near-misses.ts';
import { editToMatch } from './policy-edit.ts';

/** All policies after the edit, and what was edited, in words. */
export interface PolicyStep {
  readonly policySet: PolicySet;
  readonly edits: readonly string[];
}

/** Edits a nearly matching Allow so that it matches; undefined when no edit of what it says does. */
export function editedStatement(
  { request, policySet }: Decision,
  { outcome, policy: { attached } }: PlacedStatement,
): PolicyStep | undefined {
  const edit = editToMatch(outcome, request);
  if (edit === undefined) return undefined;
  const edited = withStatements(attached, (statement) =>
    statement.index === outcome.statement.index ? [edit.statement] : [statement],
  );
  return {
    policySet: replaced(policySet, attached, edited),
    edits: edit.edits.map((words) => `in ${attached.source}, ${words}`),
  };
}

/** Takes out a statement that decided. */
export function withoutStatement(
  { policySet }: Decision,
  { outcome: { statement }, policy: { attached } }: PlacedStatement,
): PolicyStep {
  const { index, sid, tree, effect } = statement;
  const edited = withStatements(attached, (other) => (other.index === index ? [] : [other]));
  const name = sid === undefined ? `statement ${index + 1}` : `statement "${sid}"`;
  const narrowed = effect === 'Deny' ? ', or narrow it' : '';
  return {
    policySet: replaced(policySet, attached, edited),
    edits: [`in ${attached.source}, line ${tree.span.start.line}: take out ${name}${narrowed}`],
  };
}

function withStatements(
  attached: AttachedPolicy,
  edit: (statement: Statement) => readonly Statement[],
): AttachedPolicy {
  const { policy } = attached.policy;
  const edited: Policy = { ...policy, statements: policy.statements.flatMap(edit) };
  return { ...attached, policy: compilePolicy(edited) };
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
