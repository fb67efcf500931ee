/** sts:AssumeRoleWithWebIdentity. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
import { assumeRoleWithWebIdentity as assume } from '../../federation/assume-role-with-web-identity.ts';
import type {
  AssumeRoleWithWebIdentityRequest,
  AssumeRoleWithWebIdentityResponse,
} from '../../wire/generated/sts-types.ts';
import type { Operation } from '../operation.ts';

export const assumeRoleWithWebIdentity: Operation<AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse> =
  {
    name: 'AssumeRoleWithWebIdentity',
    permission: {
      kind: 'own',
      how: "The call is unsigned; the role's trust policy decides on the verified token's claims.",
      actions: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity'],
    },
    async handle(input, call) {
      const assumed = await assume(
        {
          roleArn: input.RoleArn,
          roleSessionName: input.RoleSessionName,
          webIdentityToken: input.WebIdentityToken,
          providerId: input.ProviderId,
          policy: input.Policy,
          policyArns: (input.PolicyArns ?? []).flatMap((policy) => policy.arn ?? []),
          durationSeconds: input.DurationSeconds,
        },
        call,
      );
      return {
        Credentials: assumed.credentials,
        SubjectFromWebIdentityToken: assumed.subject,
        AssumedRoleUser: { AssumedRoleId: assumed.assumedRoleId, Arn: assumed.arn },
        PackedPolicySize: assumed.packedPolicySize,
        Provider: assumed.provider,
        Audience: assumed.audience,
        SourceIdentity: assumed.sourceIdentity,
      };
    },
  };
