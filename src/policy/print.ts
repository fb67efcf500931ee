/** Tree → JSON text: `parsePolicy(printPolicy(policy))` is the same tree but for places. */
import type { Condition, ListElement, Located, Policy, PrincipalElement, Statement } from './tree.ts';

/** The document, indented by two, elements in the order of AWS's documentation. A single value is written without its list. */
export function printPolicy(policy: Policy): string {
  return JSON.stringify(
    {
      ...(policy.versionElement && { Version: policy.versionElement.text }),
      ...(policy.id && { Id: policy.id.text }),
      Statement: policy.statements.map(statementJson),
    },
    undefined,
    2,
  );
}

function statementJson(statement: Statement): Record<string, unknown> {
  const { sid, effect, principal, action, resource, conditions } = statement;
  return {
    ...(sid && { Sid: sid.text }),
    Effect: effect,
    ...(principal && { [principal.negated ? 'NotPrincipal' : 'Principal']: principalJson(principal) }),
    [action.negated ? 'NotAction' : 'Action']: listJson(action),
    ...(resource && { [resource.negated ? 'NotResource' : 'Resource']: listJson(resource) }),
    ...(conditions.length > 0 && { Condition: conditionsJson(conditions) }),
  };
}

function listJson(element: ListElement): string | readonly string[] {
  return valuesJson(element.items);
}

function principalJson(element: PrincipalElement): unknown {
  if (element.everyone) return '*';
  return Object.fromEntries(
    element.entries.map(({ type, values, list }) => [
      type,
      list ? values.map((value) => value.text) : valuesJson(values),
    ]),
  );
}

/** Entries, not assignment: a key `__proto__` must come out as it went in. */
function conditionsJson(conditions: readonly Condition[]): unknown {
  const blocks = new Map<string, [string, string | readonly string[]][]>();
  for (const { operator, key, values } of conditions) {
    const block = blocks.get(operator.text) ?? [];
    block.push([key.text, valuesJson(values)]);
    blocks.set(operator.text, block);
  }
  return Object.fromEntries([...blocks].map(([operator, block]) => [operator, Object.fromEntries(block)]));
}

function valuesJson(values: readonly Located[]): string | readonly string[] {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first.text : values.map((value) => value.text);
}
