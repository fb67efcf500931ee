/**
 * Policies mean the user or role that they were written for, not whoever has the name next: IAM keeps
 * principals as unique ids and prints them as ARNs (reference iam-policy-evaluation 2). Documents here
 * are kept as they were sent, so a name that changes hands is replaced in them in the same write: by the
 * new ARN when a user is renamed, by the unique id, which names nobody any more, when it is deleted.
 */
import type { Arn } from '../base/arn.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { Located, Policy } from '../policy/tree.ts';
import type { Writers } from '../storage/state/state.ts';

/** Records read at a time. */
const STEP = 500;

type PolicyRecords = Pick<Writers, 'roles' | 'buckets'>;

/**
 * Replaces a principal in every trust policy and bucket policy, of all accounts.
 *
 * @param from ARN of the user or role that is renamed or deleted
 * @param to its new ARN, or its unique id when it is deleted
 */
export async function renamePrincipal(from: Arn, to: string, writers: PolicyRecords): Promise<void> {
  for (let after = ''; ;) {
    const roles = await writers.roles.list('', { after, limit: STEP });
    for (const role of roles) {
      after = `${role.account}/${role.name.toLowerCase()}`;
      const trustPolicy = withPrincipal(role.trustPolicy, from, to);
      if (trustPolicy !== undefined) await writers.roles.put(after, { ...role, trustPolicy });
    }
    if (roles.length < STEP) break;
  }
  for (let after = ''; ;) {
    const buckets = await writers.buckets.list('', { after, limit: STEP });
    for (const bucket of buckets) {
      after = bucket.name;
      const policy = bucket.policy === undefined ? undefined : withPrincipal(bucket.policy, from, to);
      if (policy !== undefined) await writers.buckets.put(after, { ...bucket, policy });
    }
    if (buckets.length < STEP) break;
  }
}

/** The document with the principal replaced, all else as it was; undefined when it does not name the principal. */
function withPrincipal(document: string, from: string, to: string): string | undefined {
  // Most do not: only one that has the text, or may have it spelled with escapes, is worth reading.
  if (!document.includes(from) && !document.includes('\\')) return undefined;
  const parsed = parsePolicy(document);
  if (parsed.kind !== 'policy') return undefined;
  let changed = document;
  // From the end, so that the places before stay right.
  for (const { span } of principalsNamed(from, parsed.policy).toReversed()) {
    changed = changed.slice(0, span.start.offset) + JSON.stringify(to) + changed.slice(span.end.offset);
  }
  return changed === document ? undefined : changed;
}

function principalsNamed(text: string, { statements }: Policy): readonly Located[] {
  return statements
    .flatMap(({ principal }) => principal?.entries ?? [])
    .filter(({ type }) => type === 'AWS')
    .flatMap(({ values }) => values.filter((value) => value.text === text));
}
