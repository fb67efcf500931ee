/**
 * `Principal` and `NotPrincipal`: who is meant, and by which form of its name, because the form decides how far
 * an Allow of a resource-based policy carries (reference iam-policy-evaluation 2 and 7).
 */
import { isAccountId, parseArn } from '../base/arn.ts';
import { canonicalUserId } from '../base/canonical-user.ts';
import type { Principal } from './decision.ts';
import type { PrincipalElement, PrincipalType } from './tree.ts';

/** Not named. */
export const UNNAMED = 0;
/** Named through its account: delegates to the account's own policies. */
export const BY_ACCOUNT = 1;
/** Role ARN of a session, or user ARN of a federated user: boundary and session policy still limit. */
export const BY_ROLE = 2;
/** Named itself (user, session, provider, service) or through `*`: a grant of its own. */
export const BY_NAME = 3;
/** How a caller is named; the greater form wins. */
export type Naming = typeof UNNAMED | typeof BY_ACCOUNT | typeof BY_ROLE | typeof BY_NAME;

/** How a compiled element names a caller. */
export type PrincipalPattern = (caller: Principal) => Naming;

/** Compiles `Principal`. `{"AWS":"*"}` does not name the caller of AssumeRoleWithWebIdentity (recorded); bare `"*"` names all. */
export function compilePrincipal(element: PrincipalElement): PrincipalPattern {
  const named = nameSets(element);
  if (element.negated) return (caller) => (formsOf(caller, named).length === 0 ? BY_NAME : UNNAMED);
  return (caller) => {
    let strongest: Naming = UNNAMED;
    for (const form of formsOf(caller, named)) if (form > strongest) strongest = form;
    return strongest;
  };
}

/**
 * Compiles `NotPrincipal` of a Deny: a caller escapes only when every form of its name is listed, account and role
 * included (User Guide, NotPrincipal), and never when it has a permissions boundary, which `evaluate.ts` sees to.
 */
export function compileDenyingNotPrincipal(element: PrincipalElement): PrincipalPattern {
  const named = nameSets(element);
  return (caller) => {
    if (named.everyone || (named.anyAws && caller.kind !== 'webIdentity')) return UNNAMED;
    const forms = new Set(formsOf(caller, named));
    return wholeNaming(caller).every((form) => forms.has(form)) ? UNNAMED : BY_NAME;
  };
}

interface NameSets {
  readonly everyone: boolean;
  readonly anyAws: boolean;
  readonly accounts: ReadonlySet<string>;
  /** Other names of accounts, each as good as the account itself. */
  readonly canonicalUsers: ReadonlySet<string>;
  /** ARNs of users, roles and sessions; unique ids of deleted ones, which name nobody else. */
  readonly identities: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();
const NOBODY: readonly Naming[] = [];
const ITSELF: readonly Naming[] = [BY_NAME];

function nameSets(element: PrincipalElement): NameSets {
  const aws = valuesOf(element, 'AWS');
  return {
    everyone: element.everyone,
    anyAws: aws.includes('*'),
    accounts: setOf(aws.map(accountNamed).filter((account) => account !== undefined)),
    canonicalUsers: setOf(valuesOf(element, 'CanonicalUser')),
    identities: setOf(aws.filter((text) => text !== '*' && accountNamed(text) === undefined)),
    providers: setOf(valuesOf(element, 'Federated')),
    services: setOf(valuesOf(element, 'Service')),
  };
}

function valuesOf({ entries }: PrincipalElement, type: PrincipalType): readonly string[] {
  return entries.filter((entry) => entry.type === type).flatMap(({ values }) => values.map(({ text }) => text));
}

/** Most elements name one kind of principal: the empty sets are one and the same. */
function setOf(texts: readonly string[]): ReadonlySet<string> {
  return texts.length === 0 ? NOTHING : new Set(texts);
}

/** The account of `123456789012` or `arn:aws:iam::123456789012:root`; undefined for other forms. */
function accountNamed(text: string): string | undefined {
  if (isAccountId(text)) return text;
  const arn = parseArn(text);
  return arn?.service === 'iam' && arn.resource === 'root' ? arn.account : undefined;
}

/** Every form by which the element names the caller. */
function formsOf(caller: Principal, named: NameSets): readonly Naming[] {
  if (named.everyone) return ITSELF;
  if (caller.kind === 'webIdentity') return named.providers.has(caller.provider) ? ITSELF : NOBODY;
  if (named.anyAws) return ITSELF;
  if (caller.kind === 'service') return named.services.has(caller.name) ? ITSELF : NOBODY;
  if (caller.kind === 'anonymous') return NOBODY;
  const forms: Naming[] = [];
  const { identities } = named;
  if (isAccountNamed(caller.account, named)) forms.push(BY_ACCOUNT);
  if (caller.kind === 'assumedRole' && (identities.has(caller.roleArn) || identities.has(caller.id))) {
    forms.push(BY_ROLE);
  }
  if (caller.kind === 'federatedUser' && identities.has(caller.issuerArn)) forms.push(BY_ROLE);
  if (identities.has(caller.arn) || (caller.kind === 'user' && identities.has(caller.id))) forms.push(BY_NAME);
  return forms;
}

function isAccountNamed(account: string, { accounts, canonicalUsers }: NameSets): boolean {
  // The hash is for the few policies that name canonical users.
  return accounts.has(account) || (canonicalUsers.size > 0 && canonicalUsers.has(canonicalUserId(account)));
}

/** The forms that a NotPrincipal must list to exempt the caller. */
function wholeNaming(caller: Principal): readonly Naming[] {
  switch (caller.kind) {
    case 'root':
      return [BY_ACCOUNT];
    case 'user':
      return [BY_ACCOUNT, BY_NAME];
    case 'assumedRole':
    case 'federatedUser':
      return [BY_ACCOUNT, BY_ROLE, BY_NAME];
    case 'webIdentity':
    case 'service':
      return ITSELF;
    case 'anonymous':
      // Nobody can be named who has no name, so no list exempts it.
      return ITSELF;
  }
}
