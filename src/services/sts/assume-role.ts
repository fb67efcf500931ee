/** sts:AssumeRole. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
import { assumeRole as assume } from '../../federation/assume-role.ts';
import { stsError } from '../../federation/sts-errors.ts';
import type { AssumeRoleRequest, AssumeRoleResponse } from '../../wire/generated/sts-types.ts';
import type { Operation } from '../operation.ts';
import { signed } from '../signed-call.ts';
import { refuseMfa } from './mfa.ts';

export const assumeRole: Operation<AssumeRoleRequest, AssumeRoleResponse> = {
  name: 'AssumeRole',
  permission: {
    kind: 'own',
    how: "The role's trust policy and, unless it names the caller itself, the caller's own policies decide.",
    actions: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
  },
  async handle(input, call) {
    refuseMfa(input);
    if (input.ProvidedContexts !== undefined) {
      // Passed over, the session would lack keys that its policies may test.
      throw stsError('ValidationError', 'Sojourn has no context providers: ProvidedContexts cannot be passed.');
    }
    const assumed = await assume(
      {
        roleArn: input.RoleArn,
        roleSessionName: input.RoleSessionName,
        policy: input.Policy,
        policyArns: (input.PolicyArns ?? []).flatMap((policy) => policy.arn ?? []),
        durationSeconds: input.DurationSeconds,
        tags: input.Tags ?? [],
        transitiveTagKeys: input.TransitiveTagKeys ?? [],
        externalId: input.ExternalId,
        sourceIdentity: input.SourceIdentity,
      },
      signed(call),
    );
    return {
      Credentials: assumed.credentials,
      AssumedRoleUser: { AssumedRoleId: assumed.assumedRoleId, Arn: assumed.arn },
      PackedPolicySize: assumed.packedPolicySize,
      SourceIdentity: assumed.sourceIdentity,
    };
  },
};
