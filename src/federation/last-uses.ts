/**
 * When access keys, users and roles last signed a call, by service. A call costs a look into a map;
 * the state is written once for many calls, when {@link LastUses.flush} is called.
 */
import type { Role, User } from '../storage/state/iam-records.ts';
import type { LastUse, ServiceUse } from '../storage/state/last-use.ts';
import type { State, Writers } from '../storage/state/state.ts';
import type { Caller } from './caller.ts';

/** Records written in one transaction: others who want to write wait for it. */
const BATCH = 500;

/** What has a record of its use. */
type Used = { readonly kind: 'accessKeys' | 'roles' | 'users'; readonly recordKey: string };

interface Noted {
  readonly used: Used;
  readonly services: Map<string, ServiceUse>;
}

/** The uses of one installation. */
export class LastUses {
  readonly #state: State;
  #noted = new Map<string, Noted>();
  /** What a flush has taken and not yet written. */
  #taken: ReadonlyMap<string, Noted> = new Map();
  #flushing: Promise<void> | undefined;

  constructor(state: State) {
    this.#state = state;
  }

  /**
   * Notes a call that was signed with valid credentials, whether it was allowed or not.
   *
   * @param at milliseconds since the epoch
   */
  note(caller: Caller, service: string, region: string, at: number): void {
    // Root and its key have no record in IAM that could tell.
    if (caller.kind === 'anonymous' || caller.kind === 'root') return;
    const use = { at, region };
    if (caller.kind === 'role') return this.#note(roleUseKey(caller.role), 'roles', caller.role, service, use);
    const { user, accessKeyId } = caller;
    if (user === undefined) return;
    this.#note(userUseKey(user), 'users', user, service, use);
    if (caller.session === undefined) {
      this.#note(accessKeyUseKey(accessKeyId), 'accessKeys', accessKeyId, service, use);
    }
  }

  /** The last uses under `key`, those not yet written too; undefined when there are none. */
  async of(key: string): Promise<LastUse | undefined> {
    const stored = await this.#state.lastUses.get(key);
    const afterStored = merge(stored, this.#taken.get(key));
    return merge(afterStored, this.#noted.get(key));
  }

  /** Writes what was noted since the last time. What cannot be written is kept for the next time; its error is thrown. */
  flush(): Promise<void> {
    this.#flushing ??= this.#write().finally(() => (this.#flushing = undefined));
    return this.#flushing;
  }

  async #write(): Promise<void> {
    const taken = this.#noted;
    this.#taken = taken;
    this.#noted = new Map();
    try {
      while (taken.size > 0) {
        const batch = [...taken].slice(0, BATCH);
        await this.#state.write((writers) => putAll(batch, writers));
        for (const [key] of batch) taken.delete(key);
      }
    } catch (error) {
      for (const [key, { used, services }] of this.#noted) {
        const older = taken.get(key)?.services ?? [];
        taken.set(key, { used, services: new Map([...older, ...services]) });
      }
      this.#noted = taken;
      throw error;
    } finally {
      this.#taken = new Map();
    }
  }

  #note(
    key: string,
    kind: Used['kind'],
    record: string | Pick<Role | User, 'account' | 'name'>,
    service: string,
    use: ServiceUse,
  ): void {
    const noted = this.#noted.get(key);
    if (noted !== undefined) {
      noted.services.set(service, use);
      return;
    }
    const recordKey = typeof record === 'string' ? record : `${record.account}/${record.name.toLowerCase()}`;
    this.#noted.set(key, { used: { kind, recordKey }, services: new Map([[service, use]]) });
  }
}

/** What was deleted meanwhile gets no record, which nobody would remove. */
async function putAll(batch: readonly (readonly [string, Noted])[], writers: Writers): Promise<void> {
  for (const [key, noted] of batch) {
    const { kind, recordKey } = noted.used;
    const record = await writers[kind].get(recordKey);
    const merged = merge(await writers.lastUses.get(key), noted);
    if (record !== undefined && key.endsWith(`/${record.id}`) && merged !== undefined) {
      await writers.lastUses.put(key, merged);
    }
  }
}

function merge(stored: LastUse | undefined, noted: Noted | undefined): LastUse | undefined {
  if (noted === undefined) return stored;
  return { services: { ...stored?.services, ...Object.fromEntries(noted.services) } };
}

/** The key of a role's last uses: by id, which no other role ever has. */
export function roleUseKey(role: Pick<Role, 'id'>): string {
  return `role/${role.id}`;
}

/** The key of a user's last uses. */
export function userUseKey(user: Pick<User, 'id'>): string {
  return `user/${user.id}`;
}

/** The key of an access key's last uses. */
export function accessKeyUseKey(accessKeyId: string): string {
  return `accessKey/${accessKeyId}`;
}

/** A use and the service that it was of. */
export interface LatestUse extends ServiceUse {
  readonly service: string;
}

/** The latest of all services; undefined when there is none. */
export function latestUse(use: LastUse | undefined): LatestUse | undefined {
  let latest: LatestUse | undefined;
  for (const [service, one] of Object.entries(use?.services ?? {})) {
    if (latest === undefined || one.at > latest.at) latest = { service, ...one };
  }
  return latest;
}
