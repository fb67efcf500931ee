/** CreatePolicyVersion: at most five; ids are never used twice. */
import type { CreatePolicyVersionRequest, CreatePolicyVersionResponse } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { checkManagedDocument } from './managed-document.ts';
import { cannot, changePolicy, onPolicy } from './managed-policies.ts';
import { listedVersion } from './policy-answer.ts';
import { findVersion } from './policy-versions.ts';
import { QUOTAS } from './quotas.ts';

export const createPolicyVersion: Operation<CreatePolicyVersionRequest, CreatePolicyVersionResponse> = {
  name: 'CreatePolicyVersion',
  permission: onPolicy('iam:CreatePolicyVersion'),
  handle: async (input, call) => {
    checkManagedDocument(input.PolicyDocument);
    let created = '';
    const policy = await changePolicy(call, input.PolicyArn, cannot('create versions for policies'), (before) => {
      if (before.versions.length >= QUOTAS.VersionsPerPolicy) {
        throw iamError(
          'LimitExceeded',
          'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
        );
      }
      created = `v${before.nextVersion}`;
      return {
        ...before,
        updateDate: call.now,
        versions: [...before.versions, { id: created, document: input.PolicyDocument, createDate: call.now }],
        nextVersion: before.nextVersion + 1,
        defaultVersionId: input.SetAsDefault === true ? created : before.defaultVersionId,
      };
    });
    return { PolicyVersion: listedVersion(policy, findVersion(policy, created)) };
  },
};
