/** CreatePolicy: a managed policy with its first version. */
import { iamArn } from '../../base/arn.ts';
import { makeUniqueId } from '../../base/unique-id.ts';
import type { ManagedPolicy } from '../../storage/state/iam-records.ts';
import type { CreatePolicyRequest, CreatePolicyResponse } from '../../wire/generated/iam-types.ts';
import type { Call, Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { checkManagedDocument } from './managed-document.ts';
import { nameKey } from './named-records.ts';
import { pathOf } from './paths.ts';
import { onCreation } from './permissions.ts';
import { createdPolicy } from './policy-answer.ts';
import { holdToQuota } from './quotas.ts';
import { newTags } from './tags.ts';

export const createPolicy: Operation<CreatePolicyRequest, CreatePolicyResponse> = {
  name: 'CreatePolicy',
  permission: onCreation({ create: 'iam:CreatePolicy', tag: 'iam:TagPolicy' }, (input, call) =>
    iamArn(call.account, `policy${pathOf(input.Path)}${input.PolicyName}`),
  ),
  handle: async (input, call) => {
    const policy = draftPolicy(input, call);
    checkManagedDocument(input.PolicyDocument);
    await call.sojourn.state.write(async ({ managedPolicies, policyNames }) => {
      if (!(await policyNames.create(nameKey(call.account, policy.name), { name: policy.arn }))) {
        throw iamError(
          'EntityAlreadyExists',
          `A policy called ${policy.name} already exists. Duplicate names are not allowed.`,
        );
      }
      await holdToQuota(call, 'PoliciesPerAccount', policyNames);
      await managedPolicies.put(policy.arn, policy);
    });
    return { Policy: await createdPolicy(call.sojourn.state, call.account, policy) };
  },
};

function draftPolicy(input: CreatePolicyRequest, call: Call): ManagedPolicy {
  const path = pathOf(input.Path);
  return {
    account: call.account,
    arn: iamArn(call.account, `policy${path}${input.PolicyName}`),
    path,
    name: input.PolicyName,
    id: makeUniqueId('ANPA', call.account, call.sojourn.random),
    description: input.Description,
    createDate: call.now,
    updateDate: call.now,
    tags: newTags(input.Tags, 'kept'),
    defaultVersionId: 'v1',
    versions: [{ id: 'v1', document: input.PolicyDocument, createDate: call.now }],
    nextVersion: 2,
  };
}
