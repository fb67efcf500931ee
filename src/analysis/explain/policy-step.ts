/** One edit of one policy among all that have a say: a statement edited so that it matches, or taken out. */
import type { AttachedPolicy, Decision, PolicySet } from '../../policy/decision.ts';
import { withoutStatementAt, withStatementEdited } from './edited-policy.ts';
import type { PlacedStatement } from './near-misses.ts';
import { editToMatch } from './policy-edit.ts';
import type { WorkBudget } from './work-budget.ts';

/** All policies after the edit, and what was edited, in words. */
export interface PolicyStep {
  readonly policySet: PolicySet;
  readonly edits: readonly string[];
}

/** Edits a nearly matching Allow so that it matches; undefined when no edit of what it says does. */
export function editedStatement(
  { request, policySet }: Decision,
  { outcome, policy: { attached } }: PlacedStatement,
  budget: WorkBudget,
): PolicyStep | undefined {
  const edit = editToMatch(outcome, { request, version: attached.policy.policy.version, budget });
  if (edit === undefined) return undefined;
  return {
    policySet: replaced(policySet, attached, withStatementEdited(attached, outcome.statement.index, edit.statement)),
    edits: edit.edits.map((words) => `in ${attached.source}, ${words}`),
  };
}

/** Takes out a statement that decided. */
export function withoutStatement(
  { policySet }: Decision,
  { outcome: { statement }, policy: { attached } }: PlacedStatement,
): PolicyStep {
  const { index, sid, tree, effect } = statement;
  const name = sid === undefined ? `statement ${index + 1}` : `statement "${sid}"`;
  const narrowed = effect === 'Deny' ? ', or narrow it' : '';
  return {
    policySet: replaced(policySet, attached, withoutStatementAt(attached, index)),
    edits: [`in ${attached.source}, line ${tree.span.start.line}: take out ${name}${narrowed}`],
  };
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
