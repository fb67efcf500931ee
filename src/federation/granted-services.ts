/** Which services policies grant something of: by the names of actions alone, whatever the conditions. */
import { compileGlob, unitsOf } from '../policy/glob.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { Statement } from '../policy/tree.ts';

/** Those of `namespaces` of which some statement of the documents allows an action. */
export function grantedServices(documents: readonly string[], namespaces: readonly string[]): readonly string[] {
  const allowing = documents.flatMap((document) => {
    const parsed = parsePolicy(document);
    return parsed.kind === 'policy' ? parsed.policy.statements.filter(({ effect }) => effect === 'Allow') : [];
  });
  return namespaces.filter((namespace) => allowing.some((statement) => grants(statement, namespace)));
}

/** Whether the element can name an action of the service; `NotAction` always can, but for `*` and `{namespace}:*`. */
function grants({ action }: Statement, namespace: string): boolean {
  const items = action.items.map(({ text }) => text.toLowerCase());
  if (action.negated) return !items.some((item) => item === '*' || (ofService(item, namespace) && item.endsWith(':*')));
  return items.some((item) => item === '*' || ofService(item, namespace));
}

function ofService(item: string, namespace: string): boolean {
  const colon = item.indexOf(':');
  return colon >= 0 && compileGlob(unitsOf(item.slice(0, colon)))(namespace);
}
