/** Every policy document that grants a user, group or role something, and its boundary. */
import { type Arn, nameInArn } from '../../base/arn.ts';
import { managedPolicyDocument } from '../../federation/policies-of.ts';
import type { SimulatedDocument } from '../../federation/simulation/simulated-document.ts';
import type { User } from '../../storage/state/iam-records.ts';
import type { Call } from '../operation.ts';
import { groups } from './named-records.ts';
import type { PolicySource } from './policy-source.ts';

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

/** The documents of the entity, a user's with those of its groups; a managed policy that several attach stands once. */
export async function documentsOfSource(source: PolicySource, call: Call): Promise<readonly SourceDocument[]> {
  const entities = [source, ...(source.kind === 'user' ? await groupsOf(source.record, call) : [])];
  const inline = entities.flatMap(inlineDocuments);
  const managed: SourceDocument[] = [];
  for (const arn of new Set(entities.flatMap(({ record }) => record.attachedPolicies))) {
    const text = await managedPolicyDocument(arn, call.sojourn);
    if (text !== undefined) managed.push({ id: nameInArn(arn), text, origin: { kind: 'managed', arn } });
  }
  return [...inline, ...managed];
}

/** The boundary attached to the entity; groups have none. */
export async function boundaryOfSource(source: PolicySource, call: Call): Promise<SimulatedDocument | undefined> {
  const arn = source.kind === 'group' ? undefined : source.record.permissionsBoundary;
  if (arn === undefined) return undefined;
  // A boundary that is gone allows nothing, as in real calls.
  return { id: nameInArn(arn), text: (await managedPolicyDocument(arn, call.sojourn)) ?? '' };
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
