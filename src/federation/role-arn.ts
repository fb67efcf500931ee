/** The role that a caller wants to assume. */
import { isAccountId, parseArn, type AccountId, type Arn } from '../base/arn.ts';
import type { Role } from '../storage/state/iam-records.ts';
import type { State } from '../storage/state/state.ts';

/** A role's ARN, taken apart. */
export interface RoleArn {
  readonly arn: string;
  readonly account: AccountId;
  /** Last part of the path. */
  readonly name: string;
}

/** The parts of a role's ARN; undefined when `text` is some other text or ARN. */
export function parseRoleArn(text: string): RoleArn | undefined {
  const arn = parseArn(text);
  if (arn === undefined || arn.service !== 'iam' || arn.region !== '' || !isAccountId(arn.account)) return undefined;
  if (!arn.resource.startsWith('role/')) return undefined;
  const name = arn.resource.slice(arn.resource.lastIndexOf('/') + 1);
  return /^[\w+=,.@-]{1,64}$/.test(name) ? { arn: text, account: arn.account, name } : undefined;
}

/** The role of that exact ARN: path and case count. */
export async function findRole(wanted: RoleArn, state: State): Promise<Role | undefined> {
  const role = await state.roles.get(`${wanted.account}/${wanted.name.toLowerCase()}`);
  return role !== undefined && role.arn === wanted.arn ? role : undefined;
}

/** `arn:aws:sts::A:assumed-role/{name}/{session}`; the role's path is not in it. */
export function assumedRoleResource(roleName: string, sessionName: string): string {
  return `assumed-role/${roleName}/${sessionName}`;
}

/** Whether `arn` names something of `account` or of AWS itself (managed policies). */
export function belongsTo(arn: Arn | string, account: AccountId): boolean {
  const owner = parseArn(arn)?.account;
  return owner === account || owner === 'aws';
}
