/** Ids in the forms that the public model prescribes, and the ARNs made of them. */
import { formatArn, isAccountId, PARTITION, type AccountId, type Arn } from '../../base/arn.ts';
import type { Random } from '../../base/clock.ts';
import type { Organization, OrganizationPolicyType } from '../../storage/state/organization-records.ts';
import type { PolicyType } from '../../wire/generated/organizations-types.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** `o-` and ten letters or digits. */
export function makeOrganizationId(random: Random): string {
  return `o-${letters(10, random)}`;
}

/** `r-` and four letters or digits. */
export function makeRootId(random: Random): string {
  return `r-${letters(4, random)}`;
}

/** An organizational unit's id carries the four characters of its root. */
export function makeUnitId(rootId: string, random: Random): string {
  return `ou-${rootId.slice('r-'.length)}-${letters(8, random)}`;
}

/** `p-` and eight letters or digits; AWS writes `02` before those of a resource control policy (observed, September 2026). */
export function makePolicyId(type: OrganizationPolicyType, random: Random): string {
  return `p-${type === 'RESOURCE_CONTROL_POLICY' ? '02' : ''}${letters(8, random)}`;
}

/** `car-` and 32 hexadecimal digits: the id of one CreateAccount. */
export function makeCreationId(random: Random): string {
  return `car-${Buffer.from(random.bytes(16)).toString('hex')}`;
}

/** `h-` and ten letters or digits: the id of a handshake. */
export function makeHandshakeId(random: Random): string {
  return `h-${letters(10, random)}`;
}

/** Twelve digits, the first not 0; whether an account has the number already is the caller's to look up. */
export function makeAccountId(random: Random): AccountId {
  const number = Buffer.from(random.bytes(8)).readBigUInt64BE() % 900_000_000_000n;
  const id = String(100_000_000_000n + number);
  if (!isAccountId(id)) throw new TypeError('an account id has twelve digits');
  return id;
}

/** Of each byte what lies below 252, the last multiple of 36: every letter is as likely as any other. */
function letters(count: number, random: Random): string {
  let text = '';
  while (text.length < count) {
    for (const byte of random.bytes(count)) {
      if (byte < 252 && text.length < count) text += LETTERS[byte % LETTERS.length];
    }
  }
  return text;
}

type Named = Pick<Organization, 'id' | 'managementAccount'>;

/** ARN of the organization itself. */
export function organizationArn(organization: Named): Arn {
  return arn(organization, `organization/${organization.id}`);
}

/** ARN of the root, organizational unit or account with that id. */
export function nodeArn(organization: Named, id: string): Arn {
  const type = isAccountId(id) ? 'account' : id.startsWith('ou-') ? 'ou' : 'root';
  return arn(organization, `${type}/${organization.id}/${id}`);
}

/** ARN of an organizational unit or account that has no id yet: a star stands in its place. */
export function newNodeArn(organization: Named, type: 'account' | 'ou'): Arn {
  return arn(organization, `${type}/${organization.id}/*`);
}

/** ARN of a handshake of the action, `ENABLE_ALL_FEATURES`. */
export function handshakeArn(organization: Named, action: string, id: string): Arn {
  return arn(organization, `handshake/${organization.id}/${action.toLowerCase()}/${id}`);
}

/** ARN of a customer's policy; of one that has no id yet, with a star for the id. */
export function policyArn(organization: Named, type: PolicyType, id: string): Arn {
  return arn(organization, `policy/${organization.id}/${type.toLowerCase()}/${id}`);
}

/** Everything of an organization belongs to its management account. */
function arn({ managementAccount }: Named, resource: string): Arn {
  return formatArn({
    partition: PARTITION,
    service: 'organizations',
    region: '',
    account: managementAccount,
    resource,
  });
}
