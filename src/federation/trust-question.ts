/**
 * What a trust policy says to a token's claims, without a server: the same context and the same
 * engine as AssumeRoleWithWebIdentity, minus the signature. For `sojourn explain` and the simulators.
 */
import { iamArn, type AccountId, type Arn } from '../base/arn.ts';
import { conditionKeys } from '../idp/condition-keys.ts';
import { requestContext } from '../policy/context.ts';
import type { Decision } from '../policy/decision.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import { evaluate } from '../policy/evaluate.ts';

/** A trust policy and the claims that knock at it. */
export interface TrustQuestion {
  readonly policy: CompiledPolicy;
  /** Where the policy was read, for the explanation: a file name or a role's ARN. */
  readonly source: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Issuer without `https://`. */
  readonly issuer: string;
  readonly account: AccountId;
  readonly roleArn: Arn;
  readonly roleSessionName: string;
}

/** The decision on `sts:AssumeRoleWithWebIdentity`. */
export function askTrustPolicy(question: TrustQuestion): Decision {
  const { account, issuer, claims, roleArn } = question;
  const provider = iamArn(account, `oidc-provider/${issuer}`);
  const context = requestContext([
    ...conditionKeys(issuer, claims).entries,
    ['aws:PrincipalAccount', account],
    ['aws:PrincipalType', 'User'],
    ['aws:userid', provider],
    ['aws:FederatedProvider', provider],
    ['aws:ResourceAccount', account],
    ['sts:RoleSessionName', question.roleSessionName],
  ]);
  return evaluate(
    {
      principal: { kind: 'webIdentity', account, provider },
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: roleArn,
      resourceAccount: account,
      context,
    },
    { identity: [], resource: { type: 'trust', source: question.source, policy: question.policy } },
  );
}
