/** Statement ids. */
import type { PolicyDraft } from '../tree.ts';

const SID = /^[A-Za-z0-9]*$/;

/** Whether every Sid has only letters and digits, as IAM wants (other services are looser). */
export function sidsAreAlphanumeric(policy: PolicyDraft): boolean {
  return policy.statements.every(({ sid }) => sid === undefined || SID.test(sid.text));
}

/** Whether no Sid stands twice; statements without one do not count, nor do empty ones. */
export function sidsAreUnique(policy: PolicyDraft): boolean {
  const sids = policy.statements.flatMap(({ sid }) => (sid === undefined || sid.text === '' ? [] : [sid.text]));
  return new Set(sids).size === sids.length;
}
