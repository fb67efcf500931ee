/** Which policy decided: the one that holds the deciding statement. */
import type { AttachedPolicy, Decision } from './decision.ts';

/** The policy of the statement that decided; undefined for an implicit deny and for root's default allow. */
export function decidingPolicy({ statement, policies }: Decision): AttachedPolicy | undefined {
  if (statement === undefined) return undefined;
  return policies.find(({ statements }) => statements.includes(statement))?.attached;
}
