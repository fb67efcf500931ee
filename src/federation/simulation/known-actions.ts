/**
 * Which actions AWS's simulator knows, and which resources it asks them of: an action that no ARN can be asked for is
 * denied on every ARN, and so is one on an ARN of another kind, whatever the policies say (observed on AWS, September
 * 2026).
 */
import type { ArnParts } from '../../base/arn.ts';
import { SERVICE_ACTIONS } from './generated/service-actions.ts';

/** Where an ARN must begin for each action, by lower-cased name without prefix. */
type ServiceTable = ReadonlyMap<string, readonly string[]>;

/** Those that were asked for: of hundreds of services most never are. */
const tables = new Map<string, ServiceTable>();

/** Where the ARNs must begin that AWS asks an action of; undefined for an action that AWS does not know. */
export type AskedOf = readonly string[] | undefined;

/**
 * What services ask and the reference does not list: STS asks for GetWebIdentityToken and its tags on the account's
 * `self`, and for the tags of a federated user on the user that is made; Organizations asks of AWS's own policies, whose
 * ARNs have no organization, as of others.
 */
const ALSO_ASKED_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['sts:getwebidentitytoken', ['sts:self']],
  ['sts:taggetwebidentitytoken', ['sts:self']],
  ['sts:tagsession', ['sts:federated-user/']],
  ['organizations:attachpolicy', ['organizations:policy/']],
  ['organizations:deletepolicy', ['organizations:policy/']],
  ['organizations:describepolicy', ['organizations:policy/']],
  ['organizations:detachpolicy', ['organizations:policy/']],
  ['organizations:listtargetsforpolicy', ['organizations:policy/']],
  ['organizations:updatepolicy', ['organizations:policy/']],
]);

/** Whether AWS knows an action of that name: patterns and names that its service does not have are none. */
export function isKnownAction(action: string): boolean {
  return askedOf(action) !== undefined;
}

/** Which ARNs the action can be asked of. */
export function askedOf(action: string): AskedOf {
  const lower = action.toLowerCase();
  const colon = lower.indexOf(':');
  const beginnings = tableOf(lower.slice(0, colon))?.get(lower.slice(colon + 1));
  return beginnings && [...beginnings, ...(ALSO_ASKED_OF.get(lower) ?? [])];
}

/**
 * Whether an action can be asked of the resource, everything or an ARN. What AWS does not know is asked as it stands.
 *
 * @param resource undefined for `*`
 */
export function fitsResource(beginnings: AskedOf, resource: ArnParts | undefined): boolean {
  if (resource === undefined || beginnings === undefined) return true;
  const named = `${resource.service}:${resource.resource}`;
  return beginnings.some((beginning) => beginning === '*' || named.startsWith(beginning));
}

function tableOf(prefix: string): ServiceTable | undefined {
  const held = tables.get(prefix);
  const text = held === undefined ? SERVICE_ACTIONS.get(prefix) : undefined;
  if (text === undefined) return held;
  const table = readTable(text);
  tables.set(prefix, table);
  return table;
}

function readTable(text: string): ServiceTable {
  const actions = new Map<string, readonly string[]>();
  for (const line of text.split('\n')) {
    const [before = '', names = ''] = line.split('|');
    const beginnings = before === '' ? [] : before.split(' ');
    for (const name of names.toLowerCase().split(' ')) actions.set(name, beginnings);
  }
  return actions;
}
