/** The user, group or role that a request names by ARN, and every policy document that grants it something. */
import { type AccountId, type Arn, parseArn } from '../../base/arn.ts';
import { managedPolicyDocument } from '../../federation/policies-of.ts';
import type { SimulatedDocument } from '../../federation/simulation/simulate.ts';
import type { Group, Role, User } from '../../storage/state/iam-records.ts';
import type { Readers } from '../../storage/state/state.ts';
import type { Call } from '../operation.ts';
import { iamError } from './errors.ts';
import { groups, roles, users } from './named-records.ts';

/** What `PolicySourceArn` can name. */
export type PolicySource =
  | { readonly kind: 'user'; readonly record: User }
  | { readonly kind: 'group'; readonly record: Group }
  | { readonly kind: 'role'; readonly record: Role };

/** Where a document of an entity hangs. */
export type DocumentOrigin =
  | {
      readonly kind: 'inline';
      readonly policyName: string;
      readonly attachedTo: PolicySource['kind'];
      readonly entityName: string;
    }
  | { readonly kind: 'managed'; readonly arn: Arn };

/** A document of an entity, named as the simulator names it. */
export interface SourceDocument extends SimulatedDocument {
  readonly origin: DocumentOrigin;
}

/** The entity of that ARN, by its name. Throws `InvalidInput` for other ARNs, `NoSuchEntity`. */
export async function policySource(arn: string, readers: Readers, account: AccountId): Promise<PolicySource> {
  const named = entityOf(parseArn(arn)?.resource ?? '');
  if (named === undefined) throw iamError('InvalidInput', `ARN ${arn} is not valid.`);
  const source = await peekSource(named, readers, account);
  if (source !== undefined) return source;
  throw iamError('NoSuchEntity', `The ${named.kind} with name ${named.name} cannot be found.`);
}

/**
 * As {@link policySource}, for the simulators and their condition keys, which say otherwise what is wrong (observed on
 * AWS, September 2026). Throws `InvalidInput` for other ARNs and those of other accounts, `NoSuchEntity`.
 */
export async function simulatedSource(arn: string, readers: Readers, account: AccountId): Promise<PolicySource> {
  const parts = parseArn(arn);
  const named = parts?.service === 'iam' ? entityOf(parts.resource) : undefined;
  if (parts === undefined || named === undefined) {
    throw iamError('InvalidInput', `Invalid ARN provided in the request: ${arn}`);
  }
  if (parts.account !== account) {
    const what = `caller's account ${account} does not have access to policies in account ${parts.account}.`;
    throw iamError('InvalidInput', `Invalid Policy Source Arn: ${what}`);
  }
  const source = await peekSource(named, readers, account);
  if (source === undefined) throw iamError('NoSuchEntity', 'Unable to retrieve specified IAM entity.');
  return source;
}

/** What a caller needs permission for; ARNs of other accounts are refused as what they are, not for lack of permission. */
export function sourceResource(arn: string, account: AccountId): string {
  return parseArn(arn)?.account === account ? arn : '*';
}

interface NamedEntity {
  readonly kind: PolicySource['kind'];
  readonly name: string;
}

/** The path does not count. */
function entityOf(resource: string): NamedEntity | undefined {
  const kind = (['user', 'group', 'role'] as const).find((one) => resource.startsWith(`${one}/`));
  return kind && { kind, name: resource.slice(resource.lastIndexOf('/') + 1) };
}

async function peekSource(
  { kind, name }: NamedEntity,
  readers: Readers,
  account: AccountId,
): Promise<PolicySource | undefined> {
  switch (kind) {
    case 'user': {
      const record = await users.peek(readers, account, name);
      return record && { kind, record };
    }
    case 'group': {
      const record = await groups.peek(readers, account, name);
      return record && { kind, record };
    }
    case 'role': {
      const record = await roles.peek(readers, account, name);
      return record && { kind, record };
    }
  }
}

/** The documents of the entity, a user's with those of its groups; a managed policy that several attach stands once. */
export async function documentsOfSource(source: PolicySource, call: Call): Promise<readonly SourceDocument[]> {
  const entities = [source, ...(source.kind === 'user' ? await groupsOf(source.record, call) : [])];
  const inline = entities.flatMap(inlineDocuments);
  const managed: SourceDocument[] = [];
  for (const arn of new Set(entities.flatMap(({ record }) => record.attachedPolicies))) {
    const text = await managedPolicyDocument(arn, call.sojourn);
    if (text !== undefined) managed.push({ id: nameOf(arn), text, origin: { kind: 'managed', arn } });
  }
  return [...inline, ...managed];
}

/** The boundary attached to the entity; groups have none. */
export async function boundaryOfSource(source: PolicySource, call: Call): Promise<SimulatedDocument | undefined> {
  const arn = source.kind === 'group' ? undefined : source.record.permissionsBoundary;
  if (arn === undefined) return undefined;
  // A boundary that is gone allows nothing, as in real calls.
  return { id: nameOf(arn), text: (await managedPolicyDocument(arn, call.sojourn)) ?? '' };
}

async function groupsOf(user: User, call: Call): Promise<readonly PolicySource[]> {
  const found: PolicySource[] = [];
  for (const name of user.groups) {
    const record = await groups.peek(call.sojourn.state, user.account, name);
    if (record !== undefined) found.push({ kind: 'group', record });
  }
  return found;
}

/** Recorded on AWS: an inline policy goes by `role_{role}_{policy}`, a managed one by its name. */
function inlineDocuments({ kind, record }: PolicySource): readonly SourceDocument[] {
  return Object.entries(record.inlinePolicies).map(([policyName, text]) => ({
    id: `${kind}_${record.name}_${policyName}`,
    text,
    origin: { kind: 'inline', policyName, attachedTo: kind, entityName: record.name },
  }));
}

function nameOf(arn: Arn): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
