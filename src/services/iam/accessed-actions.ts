/** The operations that entities last called, out of the audit log: management events, and data events that were refused. */
import type { Call } from '../operation.ts';
import type { ActionAccess } from './access-report.ts';

/** Bytes of the log that one report reads, from its end: older calls are not told. */
const BYTES_A_REPORT = 64 * 1024 * 1024;
/** ARNs searched for in a line; more are not told apart cheaply. */
const ENTITIES_LIMIT = 100;

/** Namespace → the last call of each operation by any of the entities, sorted by name. */
export async function accessedActions(
  arns: readonly string[],
  call: Call,
): Promise<ReadonlyMap<string, readonly ActionAccess[]>> {
  const wanted = new Set(arns.slice(0, ENTITIES_LIMIT));
  const found = new Map<string, Map<string, ActionAccess>>();
  let first: number | undefined;
  for await (const { position, text } of call.sojourn.auditTrail.backwards()) {
    first ??= position + text.length;
    if (first - position > BYTES_A_REPORT) break;
    const seen = [...wanted].some((arn) => text.includes(arn)) ? readCall(text) : undefined;
    if (seen === undefined || !wanted.has(seen.access.entity)) continue;
    const actions = found.get(seen.namespace) ?? new Map<string, ActionAccess>();
    // Newest first: what is there already was later.
    if (!actions.has(seen.access.name)) actions.set(seen.access.name, seen.access);
    found.set(seen.namespace, actions);
  }
  return new Map(
    [...found].map(([namespace, actions]) => [
      namespace,
      [...actions.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    ]),
  );
}

/** The members of an event that tell who called what. Lines are our own, but nothing vouches for each of them. */
function readCall(line: string): { readonly namespace: string; readonly access: ActionAccess } | undefined {
  const event = objectOf(parsed(line));
  const identity = objectOf(event['userIdentity']);
  const issuer = objectOf(objectOf(identity['sessionContext'])['sessionIssuer']);
  const entity = textOf(issuer['arn']) ?? textOf(identity['arn']);
  const name = textOf(event['eventName']);
  const namespace = textOf(event['eventSource'])?.split('.', 1)[0];
  const at = Date.parse(textOf(event['eventTime']) ?? '');
  const region = textOf(event['awsRegion']);
  if (entity === undefined || name === undefined || namespace === undefined || region === undefined) return undefined;
  return Number.isNaN(at) ? undefined : { namespace, access: { name, at, entity, region } };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
