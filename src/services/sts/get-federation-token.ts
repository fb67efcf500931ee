/** sts:GetFederationToken. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html */
import { stsArn } from '../../base/arn.ts';
import { issueSession } from '../../federation/issue-session.ts';
import { checkSessionPolicies, checkSessionTags, packedPolicySize } from '../../federation/session-limits.ts';
import { stsError } from '../../federation/sts-errors.ts';
import type { GetFederationTokenRequest, GetFederationTokenResponse } from '../../wire/generated/sts-types.ts';
import type { Call, Operation, Requirement } from '../operation.ts';
import { signed } from '../signed-call.ts';
import { LONG_TERM_DURATION, ROOT_LONGEST_DURATION } from './long-term-durations.ts';

/** A session for somebody whom the user vouches for, bounded by the user's own permissions and the session policies. */
export const getFederationToken: Operation<GetFederationTokenRequest, GetFederationTokenResponse> = {
  name: 'GetFederationToken',
  permission: { kind: 'actions', actions: ['sts:GetFederationToken', 'sts:TagSession'], requirements },
  async handle(input, call) {
    const { caller } = signed(call);
    if (caller.session !== undefined) {
      throw stsError('AccessDenied', 'Cannot call GetFederationToken with session credentials');
    }
    const tags = input.Tags ?? [];
    const policies = {
      policy: input.Policy,
      policyArns: (input.PolicyArns ?? []).flatMap((policy) => policy.arn ?? []),
    };
    checkSessionTags(tags, []);
    await checkSessionPolicies(policies, caller.account, call.sojourn);
    const user = caller.kind === 'user' ? caller.user : undefined;
    const asked = input.DurationSeconds ?? LONG_TERM_DURATION;
    const packed = packedPolicySize(policies, tags, undefined);
    const credentials = issueSession(
      {
        kind: 'federatedUser',
        account: caller.account,
        name: input.Name,
        userId: user?.id,
        userName: user?.name,
        policy: policies.policy,
        policyArns: policies.policyArns.length > 0 ? policies.policyArns : undefined,
        tags: tags.length > 0 ? Object.fromEntries(tags.map((tag) => [tag.Key, tag.Value])) : undefined,
      },
      call.now,
      user === undefined ? Math.min(asked, ROOT_LONGEST_DURATION) : asked,
      call.sojourn,
    );
    return {
      Credentials: credentials,
      FederatedUser: { FederatedUserId: `${caller.account}:${input.Name}`, Arn: federatedArn(input, call) },
      PackedPolicySize: packed,
    };
  },
};

/** Tags are passed with the permission to tag the session, as everywhere in STS (User Guide, "Pass session tags"). */
function requirements(input: GetFederationTokenRequest, call: Call): readonly Requirement[] {
  const tags = input.Tags ?? [];
  const resource = federatedArn(input, call);
  if (tags.length === 0) return [{ action: 'sts:GetFederationToken', resource }];
  const context = {
    'aws:TagKeys': tags.map((tag) => tag.Key),
    ...Object.fromEntries(tags.map((tag) => [`aws:RequestTag/${tag.Key}`, tag.Value])),
  };
  return [
    { action: 'sts:GetFederationToken', resource, context },
    { action: 'sts:TagSession', resource, context },
  ];
}

function federatedArn(input: GetFederationTokenRequest, call: Call): string {
  return stsArn(call.account, `federated-user/${input.Name}`);
}
