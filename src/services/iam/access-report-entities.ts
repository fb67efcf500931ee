/** Whom a report of last accessed details is about: the entity itself, a group's members, a policy's holders. */
import { parseArn } from '../../base/arn.ts';
import { roleUseKey, userUseKey } from '../../federation/last-uses.ts';
import type { PolicyHolder } from '../../storage/state/state.ts';
import type { EntityInfo } from '../../wire/generated/iam-types.ts';
import type { Call } from '../operation.ts';
import { memberPrefix } from './group-members.ts';
import { findPolicy } from './managed-policies.ts';
import { groups, roles, users } from './named-records.ts';
import { holderPrefix } from './policy-holders.ts';
import { policySource } from './policy-source.ts';
import { documentsOfSource } from './source-documents.ts';

/** A user or role, and where its last uses are kept. */
export interface AccessingEntity {
  readonly info: EntityInfo;
  readonly useKey: string;
}

/** What a report is about: the documents that grant, and those who could use them. */
export interface AccessSubject {
  readonly documents: readonly string[];
  readonly entities: readonly AccessingEntity[];
}

/** Holders or members looked at: a report on more of them is about the first ones. */
const ENTITIES_LIMIT = 10_000;

/** Whether the report is about a managed policy and its holders, not about an entity. */
export function namesPolicy(arn: string): boolean {
  const parts = parseArn(arn);
  return parts?.service === 'iam' && parts.region === '' && parts.resource.startsWith('policy/');
}

/** Throws `InvalidInput` for an ARN of another kind, `NoSuchEntity`. */
export async function accessSubject(arn: string, call: Call): Promise<AccessSubject> {
  const { state } = call.sojourn;
  if (namesPolicy(arn)) {
    const policy = await findPolicy(state, call.account, arn);
    const version = policy.versions.find(({ id }) => id === policy.defaultVersionId);
    const prefix = holderPrefix(call.account, arn, 'attached');
    const holders = await state.policyHolders.list(prefix, { limit: ENTITIES_LIMIT });
    return { documents: version === undefined ? [] : [version.document], entities: await holding(holders, call) };
  }
  const source = await policySource(arn, state, call.account);
  const documents = (await documentsOfSource(source, call)).map(({ text }) => text);
  const entities = await holding([{ kind: source.kind, name: source.record.name }], call);
  return { documents, entities };
}

async function holding(
  holders: readonly Pick<PolicyHolder, 'kind' | 'name'>[],
  call: Call,
): Promise<readonly AccessingEntity[]> {
  const found = new Map<string, AccessingEntity>();
  for (const { kind, name } of holders) {
    for (const entity of await entitiesOf(kind, name, call)) {
      if (found.size < ENTITIES_LIMIT) found.set(entity.info.Id, entity);
    }
  }
  return [...found.values()];
}

async function entitiesOf(kind: PolicyHolder['kind'], name: string, call: Call): Promise<readonly AccessingEntity[]> {
  const { account, sojourn } = call;
  switch (kind) {
    case 'role': {
      const role = await roles.peek(sojourn.state, account, name);
      return role === undefined ? [] : [{ info: entityInfo('ROLE', role), useKey: roleUseKey(role) }];
    }
    case 'user':
      return userNamed(name, call);
    case 'group': {
      const group = await groups.find(sojourn.state, account, name);
      const members = await sojourn.state.groupMembers.list(memberPrefix(account, group.name), {
        limit: ENTITIES_LIMIT,
      });
      return (await Promise.all(members.map(({ userName }) => userNamed(userName, call)))).flat();
    }
  }
}

async function userNamed(name: string, call: Call): Promise<readonly AccessingEntity[]> {
  const user = await users.peek(call.sojourn.state, call.account, name);
  return user === undefined ? [] : [{ info: entityInfo('USER', user), useKey: userUseKey(user) }];
}

function entityInfo(
  Type: 'USER' | 'ROLE',
  record: { readonly arn: string; readonly name: string; readonly id: string; readonly path: string },
): EntityInfo {
  return { Arn: record.arn, Name: record.name, Type, Id: record.id, Path: record.path };
}
