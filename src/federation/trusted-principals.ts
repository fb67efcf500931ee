/** The principals that a trust or bucket policy names must exist where that can be known (reference aws-federation 8.5). */
import { type AccountId, isAccountId, parseArn } from '../base/arn.ts';
import { canonicalUserId } from '../base/canonical-user.ts';
import type { Policy } from '../policy/tree.ts';
import type { Readers } from '../storage/state/state.ts';

/** Where principals are looked up. */
export interface KnownPrincipals {
  readonly readers: Pick<Readers, 'roles' | 'users' | 'organizations' | 'organizationAccounts'>;
  /** The accounts whose users and roles are in `readers`; names of other accounts are believed. */
  readonly accounts: readonly AccountId[];
}

/** `Invalid principal in policy: …` for the first principal that does not exist; undefined when all do. */
export async function unknownPrincipal(policy: Policy, known: KnownPrincipals): Promise<string | undefined> {
  for (const { principal } of policy.statements) {
    for (const { type, values } of principal?.entries ?? []) {
      for (const { text } of values) {
        if (type === 'AWS' && !(await isPrincipal(text, known))) return refusal('AWS', text);
        if (type === 'Service' && !isService(text)) return refusal('SERVICE', text);
        if (type === 'CanonicalUser' && !(await isCanonicalUser(text, known))) return refusal('CANONICALUSER', text);
      }
    }
  }
  return undefined;
}

function refusal(type: 'AWS' | 'SERVICE' | 'CANONICALUSER', text: string): string {
  return `Invalid principal in policy: "${type}":"${text}"`;
}

/** Unique ids of users and roles are not among them: they stand for deleted ones, and AWS refuses to store them. */
async function isPrincipal(text: string, known: KnownPrincipals): Promise<boolean> {
  if (text === '*' || isAccountId(text)) return true;
  const arn = parseArn(text);
  if (arn === undefined || arn.region !== '' || !isAccountId(arn.account) || /[*?]/.test(arn.resource)) return false;
  const [type = '', ...path] = arn.resource.split('/');
  if (arn.service === 'iam' && arn.resource === 'root') return true;
  const name = (arn.service === 'sts' ? path[0] : path.at(-1)) ?? '';
  if (name === '') return false;
  const key = `${arn.account}/${name.toLowerCase()}`;
  const isHere = known.accounts.some((account) => account === arn.account);
  switch (`${arn.service}:${type}`) {
    case 'iam:role':
      return !isHere || (await known.readers.roles.get(key))?.arn === text;
    case 'iam:user':
      return !isHere || (await known.readers.users.get(key))?.arn === text;
    case 'sts:assumed-role':
      return path.length === 2 && (!isHere || (await known.readers.roles.get(key)) !== undefined);
    case 'sts:federated-user':
      return path.length === 1;
    default:
      return false;
  }
}

/** Canonical user ids are Sojourn's own: one that is of no account here stands for nobody. */
async function isCanonicalUser(text: string, { readers, accounts }: KnownPrincipals): Promise<boolean> {
  if (accounts.some((account) => canonicalUserId(account) === text)) return true;
  for await (const account of memberAccounts(readers)) if (canonicalUserId(account) === text) return true;
  return false;
}

const PER_PAGE = 1_000;

/** Accounts of every organization; the records of one are listed by its id. */
async function* memberAccounts(readers: KnownPrincipals['readers']): AsyncGenerator<AccountId> {
  for (const { id } of await readers.organizations.list('', { limit: PER_PAGE })) {
    for (let after: string | undefined, more = true; more;) {
      const page = await readers.organizationAccounts.list(`${id}/`, { after, limit: PER_PAGE });
      for (const account of page) yield account.id;
      after = `${id}/${page.at(-1)?.id}`;
      more = page.length === PER_PAGE;
    }
  }
}

const SERVICE_DOMAINS = ['.amazonaws.com', '.amazonaws.com.cn', '.amazon.com', '.aws.internal'];

/** AWS knows its services by name; Sojourn by the domain they all end in. */
function isService(text: string): boolean {
  return SERVICE_DOMAINS.some((domain) => text.endsWith(domain) && text.length > domain.length) && !/[*?\s]/.test(text);
}
