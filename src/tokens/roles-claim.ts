/** The claim by which an identity provider limits the roles that its token is good for (aws-federation 2, 12.4). */
import { parseAccountId, parseArn } from '../base/arn.ts';
import { invalid } from './failures.ts';
import type { TokenFailure } from './token.ts';

const ROLES = 'https://aws.amazon.com/roles';

/**
 * Whether the token may be used for `roleArn`. Asked after the signature held and before the trust
 * policy; `named` makes `sts:RoleAuthorizedByIdp` true, `absent` makes it false.
 *
 * The claim is a list of role ARNs, or one text of them parted by `;`. Blanks around an ARN do not
 * matter, case does; there are no wildcards, and entries that are no role ARN count for nothing.
 */
export function rolesClaim(
  claims: Readonly<Record<string, unknown>>,
  roleArn: string,
): { readonly kind: 'absent' } | { readonly kind: 'named' } | TokenFailure {
  const claim = claims[ROLES];
  if (claim === undefined || claim === null) return { kind: 'absent' };
  const entries: readonly unknown[] | undefined =
    typeof claim === 'string' ? claim.split(';') : Array.isArray(claim) ? claim : undefined;
  if (entries === undefined) {
    return invalid('The roles claim is not in a supported format', `${ROLES} is neither a text nor a list`);
  }
  const roles = entries.flatMap((entry) => (typeof entry === 'string' ? entry.trim() : [])).filter(isRoleArn);
  if (roles.length === 0) {
    return invalid('The roles claim contains no valid role ARNs', `none of ${entries.length} entries is a role ARN`);
  }
  if (roles.includes(roleArn)) return { kind: 'named' };
  return invalid(
    'The target role ARN is not present in the roles claim of the identity token',
    `the token is good for ${roles.slice(0, 10).join(', ')}${roles.length > 10 ? ', …' : ''}; asked for ${roleArn}`,
  );
}

/**
 * `arn:aws:iam::123456789012:role/path/name`; name and path as IAM's rules have them (aws-federation 8.1),
 * but for colons and wildcards in the path: a list parted by commas, or a pattern, must not pass for one role.
 */
function isRoleArn(text: string): boolean {
  const arn = parseArn(text);
  return (
    arn !== undefined &&
    arn.service === 'iam' &&
    arn.region === '' &&
    parseAccountId(arn.account) !== undefined &&
    /^role\/(?:[!-)+-9<->@-~]{1,510}\/)?[\w+=,.@-]{1,64}$/.test(arn.resource)
  );
}
