/**
 * Which actions AWS's simulator knows, and which resources it asks them of: an action that no ARN can be asked for is
 * denied on every ARN, and so is one on an ARN of another kind, whatever the policies say (observed on AWS, September
 * 2026).
 */
import { parseArn } from '../../base/arn.ts';
import { SERVICE_ACTIONS } from './generated/service-actions.ts';

/** Where an ARN must begin for each action, by lower-cased name without prefix. */
type ServiceTable = ReadonlyMap<string, readonly string[]>;

/** Those that were asked for: of hundreds of services most never are. */
const tables = new Map<string, ServiceTable>();

/** Whether AWS knows an action of that name: patterns and names that its service does not have are none. */
export function isKnownAction(action: string): boolean {
  const { prefix, name } = partsOf(action);
  return tableOf(prefix)?.has(name) === true;
}

/** Whether the action can be asked of the resource, `*` or an ARN. What AWS does not know is asked as it stands. */
export function fitsResource(action: string, resource: string): boolean {
  if (resource === '*') return true;
  const { prefix, name } = partsOf(action);
  const beginnings = tableOf(prefix)?.get(name);
  if (beginnings === undefined) return true;
  const arn = parseArn(resource);
  if (arn === undefined) return false;
  const named = `${arn.service}:${arn.resource}`;
  return beginnings.some((beginning) => beginning === '*' || named.startsWith(beginning));
}

function partsOf(action: string): { readonly prefix: string; readonly name: string } {
  const [prefix = '', ...rest] = action.toLowerCase().split(':');
  return { prefix, name: rest.join(':') };
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
