/** Who calls in a simulation: from the ARN that the request gives, and the condition keys that follow from it. */
import { isAccountId, iamArn, isArn, nameInArn, parseArn, type AccountId, type Arn } from '../../base/arn.ts';
import type { ContextValue } from '../../policy/context.ts';
import type { Principal } from '../../policy/decision.ts';

/** Stands for the unique id of a principal that need not exist. */
const NO_ID = 'AIDASIMULATED';

/**
 * The principal that `arn` names: a user, a role or a group, as AWS takes them (observed in September 2026), or an
 * OIDC provider, for which trust policies are simulated. Undefined for other texts, sessions and root among them.
 */
export function simulatedPrincipal(arn: string): Principal | undefined {
  const parts = parseArn(arn);
  if (parts === undefined || !isArn(arn) || !isAccountId(parts.account)) return undefined;
  const { account, resource } = parts;
  const [type = '', ...rest] = resource.split('/');
  const name = rest[0] ?? '';
  switch (`${parts.service}:${type}`) {
    case 'iam:user':
    case 'iam:group':
      return name === '' ? undefined : { kind: 'user', account, arn, id: NO_ID };
    case 'iam:role':
      return name === '' ? undefined : { kind: 'assumedRole', account, arn, roleArn: arn, id: NO_ID };
    case 'iam:oidc-provider':
      return name === '' ? undefined : { kind: 'webIdentity', account, provider: arn };
    default:
      return undefined;
  }
}

/** Somebody of the account whom no policy names: the caller when a request gives none. */
export function nobodyOf(account: AccountId): Principal {
  return { kind: 'user', account, arn: nobodyArn(account), id: NO_ID };
}

/** No user can have a name with a space. */
function nobodyArn(account: AccountId): Arn {
  return iamArn(account, 'user/no user');
}

/** Lower-cased condition keys that follow from who calls (reference iam-policy-evaluation 6.1). */
export function principalKeys(principal: Principal): readonly (readonly [string, ContextValue])[] {
  switch (principal.kind) {
    case 'user':
      return [
        ['aws:principalarn', principal.arn],
        ['aws:principalaccount', principal.account],
        ['aws:principaltype', 'User'],
        ...usernameKey(principal.arn),
      ];
    case 'root':
      return [
        ['aws:principalarn', principal.arn],
        ['aws:principalaccount', principal.account],
        ['aws:principaltype', 'Account'],
        ['aws:userid', principal.account],
      ];
    case 'assumedRole':
      return [
        ['aws:principalarn', principal.roleArn],
        ['aws:principalaccount', principal.account],
        ['aws:principaltype', 'AssumedRole'],
      ];
    case 'federatedUser':
      return [
        ['aws:principalarn', principal.arn],
        ['aws:principalaccount', principal.account],
        ['aws:principaltype', 'FederatedUser'],
        ['aws:userid', `${principal.account}:${nameInArn(principal.arn)}`],
      ];
    case 'webIdentity':
      return [
        ['aws:principalaccount', principal.account],
        ['aws:principaltype', 'User'],
        ['aws:userid', principal.provider],
        ['aws:federatedprovider', principal.provider],
      ];
    case 'service':
    case 'anonymous':
      return [];
  }
}

/** A group calls without a user's name. */
function usernameKey(arn: string): readonly (readonly [string, ContextValue])[] {
  return parseArn(arn)?.resource.startsWith('group/') === true ? [] : [['aws:username', nameInArn(arn)]];
}
