/** May this caller do this? Gathers every policy that has a say and lets the policy engine decide. */
import { parseArn } from '../base/arn.ts';
import type { AttachedPolicy, Decision, PolicySet, Principal } from '../policy/decision.ts';
import { evaluate } from '../policy/evaluate.ts';
import type { Caller } from './caller.ts';
import { addOrganizationKeys, organizationSide } from './organization-side.ts';
import { policiesOf } from './policies-of.ts';
import { callContext } from './request-context.ts';
import type { RequestFacts, Requirement } from './request-facts.ts';

/**
 * Decides one requirement of a call and notes the decision for the audit log.
 *
 * The caller's identity policies, boundary and session policies come from the state; for S3
 * resources the bucket's policy and owner do too; control policies come from the organization. Returns the decision, allowed or not.
 */
export async function authorize(requirement: Requirement, facts: RequestFacts): Promise<Decision> {
  const { caller, sojourn, notes } = facts;
  const target = await resourceSide(requirement, facts);
  const own =
    caller.kind === 'anonymous'
      ? { identity: [], boundary: undefined, session: undefined }
      : await policiesOf(caller, sojourn);
  const callerAccount = caller.kind === 'anonymous' ? undefined : caller.account;
  const organization = await organizationSide(callerAccount, target.account, sojourn);
  const policies: PolicySet = { ...own, ...organization.policies, resource: target.policy };
  const context = callContext(facts, requirement, target.account);
  addOrganizationKeys(organization, context);
  const decision = evaluate(
    {
      principal: principalOf(caller),
      action: requirement.action,
      resource: requirement.resource,
      resourceAccount: target.account,
      context,
    },
    policies,
  );
  notes.decisions.push(decision);
  return decision;
}

/** The caller as `Principal` elements see it. */
export function principalOf(caller: Caller): Principal {
  switch (caller.kind) {
    case 'anonymous':
      return { kind: 'anonymous' };
    case 'root':
      return { kind: 'root', account: caller.account, arn: caller.arn };
    case 'user':
      return { kind: 'user', account: caller.account, arn: caller.arn, id: caller.user.id };
    case 'role':
      return {
        kind: 'assumedRole',
        account: caller.account,
        arn: caller.arn,
        roleArn: caller.role.arn,
        id: caller.role.id,
      };
    case 'federatedUser':
      return {
        kind: 'federatedUser',
        account: caller.account,
        arn: caller.arn,
        issuerArn: caller.issuerArn,
      };
  }
}

/** Owner and policy of the resource: a bucket's for S3, else the account in the ARN (or the caller's own). */
async function resourceSide(
  requirement: Requirement,
  facts: RequestFacts,
): Promise<{ readonly account: string | undefined; readonly policy: AttachedPolicy | undefined }> {
  const arn = parseArn(requirement.resource);
  if (arn === undefined) return { account: facts.account, policy: undefined };
  // AWS managed policies (account `aws`) are everybody's own to read.
  const shared = arn.account === '' || arn.account === 'aws';
  if (arn.service !== 's3') return { account: shared ? facts.account : arn.account, policy: undefined };
  const bucketName = arn.resource.split('/', 1)[0] ?? '';
  const bucket = await facts.sojourn.state.buckets.get(bucketName);
  // A bucket that does not exist yet (CreateBucket) or any more belongs to who asks: the answer will be NoSuchBucket.
  if (bucket === undefined) return { account: facts.account, policy: undefined };
  return {
    account: bucket.account,
    policy:
      bucket.policy === undefined
        ? undefined
        : { type: 'resource', source: `bucket:${bucketName}`, policy: facts.sojourn.policies.get(bucket.policy) },
  };
}
