/** Reports of service last accessed details: made in one go, kept in the state for those who ask for the job. */
import { randomUUID } from 'node:crypto';
import type { AccountId } from '../../base/arn.ts';
import type { Setting, Writers } from '../../storage/state/state.ts';
import type { Call } from '../operation.ts';
import { iamError } from './errors.ts';

/** When one service was last used by any of the entities that a report is about. Times are milliseconds since the epoch. */
export interface ServiceAccess {
  readonly namespace: string;
  /** Undefined when nobody used it. */
  readonly last: { readonly at: number; readonly entity: string; readonly region: string } | undefined;
  /** Entities that used it. */
  readonly entities: number;
  /** By operation, when the report was asked for actions too. */
  readonly actions: readonly ActionAccess[];
}

export interface ActionAccess {
  readonly name: string;
  readonly at: number;
  readonly entity: string;
  readonly region: string;
}

export interface AccessReport {
  readonly jobId: string;
  /** Of the user, group, role or policy. */
  readonly arn: string;
  readonly granularity: 'SERVICE_LEVEL' | 'ACTION_LEVEL';
  readonly created: number;
  readonly completed: number;
  readonly services: readonly ServiceAccess[];
}

/** Reports of one account; more push the oldest ones out. */
const REPORTS_KEPT = 100;

/** Keeps a report under a new job id. */
export async function keepReport(report: Omit<AccessReport, 'jobId'>, call: Call): Promise<string> {
  const jobId = randomUUID();
  await call.sojourn.state.write(async (writers) => {
    await makeRoom(writers, call.account);
    await writers.settings.put(keyOf(call.account, jobId), { value: { ...report, jobId } });
  });
  return jobId;
}

/** The account's report of that job. Throws `NoSuchEntity`. */
export async function findReport(jobId: string, call: Call): Promise<AccessReport> {
  const report = reportIn(await call.sojourn.state.settings.get(keyOf(call.account, jobId)));
  if (report === undefined) throw iamError('NoSuchEntity', `The job with id ${jobId} cannot be found.`);
  return report;
}

async function makeRoom(writers: Writers, account: AccountId): Promise<void> {
  const kept = await writers.settings.list(prefixOf(account), { limit: REPORTS_KEPT });
  if (kept.length < REPORTS_KEPT) return;
  const oldest = kept
    .map(reportIn)
    .filter((report) => report !== undefined)
    .sort((a, b) => a.created - b.created)[0];
  if (oldest !== undefined) await writers.settings.delete(keyOf(account, oldest.jobId));
}

function prefixOf(account: AccountId): string {
  return `access-report/${account}/`;
}

function keyOf(account: AccountId, jobId: string): string {
  return prefixOf(account) + jobId;
}

/** Only {@link keepReport} writes under the prefix; what lacks a report's members is none. */
function reportIn(setting: Setting | undefined): AccessReport | undefined {
  return isReport(setting?.value) ? setting.value : undefined;
}

function isReport(value: unknown): value is AccessReport {
  return typeof value === 'object' && value !== null && 'jobId' in value && 'services' in value && 'created' in value;
}
