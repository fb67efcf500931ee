/** Managed policies and their versions as answers print them (reference aws-federation 8.2). */
import type { AccountId } from '../../base/arn.ts';
import type { PolicyVersion } from '../../storage/state/iam-records.ts';
import type { Readers } from '../../storage/state/state.ts';
import type { Policy as PolicyAnswer, PolicyVersion as VersionAnswer } from '../../wire/generated/iam-types.ts';
import { encodeDocument } from './documents.ts';
import type { PolicyFacts } from './managed-policies.ts';
import { countHolders } from './policy-holders.ts';

/** In lists: neither description nor tags. Counts are those of the account that asks. */
export async function listedPolicy(readers: Readers, account: AccountId, policy: PolicyFacts): Promise<PolicyAnswer> {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: await countHolders(readers, account, policy.arn, 'attached'),
    PermissionsBoundaryUsageCount: await countHolders(readers, account, policy.arn, 'boundary'),
    IsAttachable: true,
    CreateDate: new Date(policy.createDate),
    UpdateDate: new Date(policy.updateDate),
  };
}

/** What CreatePolicy answers: tags only when there are some, the description never (observed on AWS in 2026). */
export async function createdPolicy(readers: Readers, account: AccountId, policy: PolicyFacts): Promise<PolicyAnswer> {
  return {
    ...(await listedPolicy(readers, account, policy)),
    ...(policy.tags.length === 0 ? {} : { Tags: policy.tags }),
  };
}

/** What GetPolicy answers. */
export async function wholePolicy(readers: Readers, account: AccountId, policy: PolicyFacts): Promise<PolicyAnswer> {
  return {
    ...(await listedPolicy(readers, account, policy)),
    ...(policy.description === undefined ? {} : { Description: policy.description }),
    Tags: policy.tags,
  };
}

/** In lists of versions: no document. */
export function listedVersion(policy: PolicyFacts, version: PolicyVersion): VersionAnswer {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === policy.defaultVersionId,
    CreateDate: new Date(version.createDate),
  };
}

/** With the document, as GetPolicyVersion answers. */
export function wholeVersion(policy: PolicyFacts, version: PolicyVersion): VersionAnswer {
  return { Document: encodeDocument(version.document), ...listedVersion(policy, version) };
}
