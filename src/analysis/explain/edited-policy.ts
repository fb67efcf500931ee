/** A policy with one statement exchanged, taken out or added; the others stay compiled as they are. */
import { compilePolicy, type CompiledStatement } from '../../policy/compile.ts';
import type { AttachedPolicy } from '../../policy/decision.ts';
import type { Statement } from '../../policy/tree.ts';

/** The statement of that place in another form. */
export function withStatementEdited(attached: AttachedPolicy, index: number, tree: Statement): AttachedPolicy {
  const edited = compiled(attached, tree);
  return of(
    attached,
    attached.policy.statements.flatMap((statement) => (statement.index === index ? edited : [statement])),
  );
}

/** Without the statement of that place. */
export function withoutStatementAt(attached: AttachedPolicy, index: number): AttachedPolicy {
  return of(
    attached,
    attached.policy.statements.filter((statement) => statement.index !== index),
  );
}

/** With one statement more, at the end. */
export function withStatementAdded(attached: AttachedPolicy, tree: Statement): AttachedPolicy {
  const { statements } = attached.policy;
  const index = 1 + statements.reduce((last, statement) => Math.max(last, statement.index), -1);
  return of(attached, [...statements, ...compiled(attached, { ...tree, index })]);
}

function compiled({ policy: { policy } }: AttachedPolicy, tree: Statement): readonly CompiledStatement[] {
  return compilePolicy({ ...policy, statements: [tree] }).statements;
}

function of(attached: AttachedPolicy, statements: readonly CompiledStatement[]): AttachedPolicy {
  const { policy } = attached;
  const tree = { ...policy.policy, statements: statements.map((statement) => statement.tree) };
  return { ...attached, policy: { ...policy, policy: tree, statements } };
}
