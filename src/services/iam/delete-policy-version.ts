/** DeletePolicyVersion: any but the default one. */
import type { DeletePolicyVersionRequest, Empty } from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { iamError } from './errors.ts';
import { cannot, changePolicy, onPolicy, type PolicyRefusals } from './managed-policies.ts';
import { findVersion, versionNotFound } from './policy-versions.ts';

export const deletePolicyVersion: Operation<DeletePolicyVersionRequest, Empty> = {
  name: 'DeletePolicyVersion',
  permission: onPolicy('iam:DeletePolicyVersion'),
  handle: async (input, call) => {
    await changePolicy(call, input.PolicyArn, refusals(input.VersionId), (policy) => {
      const { id } = findVersion(policy, input.VersionId);
      if (id === policy.defaultVersionId) {
        throw iamError('DeleteConflict', 'Cannot delete the default version of a policy.');
      }
      return { ...policy, updateDate: call.now, versions: policy.versions.filter((version) => version.id !== id) };
    });
    return {};
  },
};

function refusals(versionId: string): PolicyRefusals {
  return { ...cannot('delete policy versions for policies'), missing: (arn) => versionNotFound(arn, versionId) };
}
