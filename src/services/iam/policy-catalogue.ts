/** Every managed policy that an account sees, page by page: AWS's first, then its own, each by name. */
import type { AccountId } from '../../base/arn.ts';
import { AWS_MANAGED_POLICIES } from '../../federation/managed-policies/managed-policies.ts';
import type { Readers } from '../../storage/state/state.ts';
import type { policyScopeType } from '../../wire/generated/iam-types.ts';
import { factsOf, type PolicyFacts } from './managed-policies.ts';

/** Policies read at a time. */
const STRIDE = 200;

/** A policy and where it stands: a text that sorts as the catalogue does. */
export interface CataloguedPolicy {
  readonly position: string;
  readonly policy: PolicyFacts;
}

/**
 * Policies after a position, in order.
 *
 * @param scope `AWS`, `Local` (the account's own), or `All`
 * @param after position of the last policy of the page before; undefined for the first page
 */
export async function* cataloguedPolicies(
  readers: Readers,
  account: AccountId,
  scope: policyScopeType,
  after: string | undefined,
): AsyncGenerator<CataloguedPolicy> {
  if (scope !== 'Local') {
    for (const policy of AWS_MANAGED_POLICIES) {
      const position = `aws/${policy.name.toLowerCase()}`;
      if (after === undefined || position > after) yield { position, policy: factsOf(policy) };
    }
  }
  if (scope === 'AWS') return;
  const prefix = `${account}/`;
  let cursor = after?.startsWith('local/') === true ? prefix + after.slice('local/'.length) : undefined;
  for (;;) {
    const names = await readers.policyNames.list(prefix, { after: cursor, limit: STRIDE });
    for (const { name: arn } of names) {
      const policy = await readers.managedPolicies.get(arn);
      if (policy === undefined) continue;
      const key = policy.name.toLowerCase();
      cursor = prefix + key;
      yield { position: `local/${key}`, policy };
    }
    if (names.length < STRIDE) return;
  }
}
