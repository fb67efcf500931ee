/** The services that a report of last accessed details tells of: Sojourn's own, as far as policies grant them. */
import { compileGlob, unitsOf } from '../../policy/glob.ts';
import { parsePolicy } from '../../policy/parse.ts';
import type { Statement } from '../../policy/tree.ts';

/** Namespace → AWS's name of the service. */
export const SERVICE_NAMES: ReadonlyMap<string, string> = new Map([
  ['cloudtrail', 'AWS CloudTrail'],
  ['iam', 'AWS Identity and Access Management'],
  ['organizations', 'AWS Organizations'],
  ['s3', 'Amazon S3'],
  ['sts', 'AWS Security Token Service'],
]);

/** Namespaces, sorted, of which some statement of the documents allows an action. */
export function grantedServices(documents: readonly string[]): readonly string[] {
  const allowing = documents.flatMap((document) => {
    const parsed = parsePolicy(document);
    return parsed.kind === 'policy' ? parsed.policy.statements.filter(({ effect }) => effect === 'Allow') : [];
  });
  return [...SERVICE_NAMES.keys()].filter((namespace) => allowing.some((statement) => grants(statement, namespace)));
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
