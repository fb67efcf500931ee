/**
 * When access keys, users and roles last signed a call, by service. A call costs a look into a map;
 * the state is written once for many calls, when {@link LastUses.flush} is called.
 */
import type { LastUse, ServiceUse } from '../storage/state/last-use.ts';
import type { Role, User } from '../storage/state/iam-records.ts';
import type { State, Writers } from '../storage/state/state.ts';
import type { Caller } from './caller.ts';

/** Records written in one transaction: others who want to write wait for it. */
const BATCH = 500;

interface Pending {
  readonly id: string;
  readonly services: Map<string, ServiceUse>;
}

/** The uses of one installation. */
export class LastUses {
  readonly #state: State;
  #pending = new Map<string, Pending>();
  /** What a flush has taken and not yet written. */
  #taken: Map<string, Pending> = new Map();
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
    if (caller.kind === 'role') return this.#note(roleUseKey(caller.role), caller.role.id, service, use);
    const { user, accessKeyId } = caller;
    if (user === undefined) return;
    this.#note(userUseKey(user), user.id, service, use);
    if (caller.session === undefined) this.#note(accessKeyUseKey(accessKeyId), accessKeyId, service, use);
  }

  /** The last uses under `key`, those not yet written too; undefined when there are none of the thing of that id. */
  async of(key: string, id: string): Promise<LastUse | undefined> {
    const stored = await this.#state.lastUses.get(key);
    const noted = [this.#taken.get(key), this.#pending.get(key)].filter((pending) => pending?.id === id);
    const known = stored?.id === id ? stored : undefined;
    return noted.reduce((use, pending) => (pending === undefined ? use : merge(use, pending)), known);
  }

  /** Writes what was noted since the last time. What cannot be written is kept for the next time; its error is thrown. */
  flush(): Promise<void> {
    this.#flushing ??= this.#write().finally(() => (this.#flushing = undefined));
    return this.#flushing;
  }

  async #write(): Promise<void> {
    const taken = this.#pending;
    this.#taken = taken;
    this.#pending = new Map();
    try {
      while (taken.size > 0) {
        const batch = [...taken].slice(0, BATCH);
        await this.#state.write((writers) => putAll(batch, writers));
        for (const [key] of batch) taken.delete(key);
      }
    } catch (error) {
      for (const [key, pending] of this.#pending) {
        const older = taken.get(key);
        if (older?.id !== pending.id) taken.set(key, pending);
        else for (const [service, use] of pending.services) older.services.set(service, use);
      }
      this.#pending = taken;
      throw error;
    } finally {
      this.#taken = new Map();
    }
  }

  #note(key: string, id: string, service: string, use: ServiceUse): void {
    const pending = this.#pending.get(key);
    // Another may have the name by now: what the former did is not its doing.
    if (pending?.id === id) pending.services.set(service, use);
    else this.#pending.set(key, { id, services: new Map([[service, use]]) });
  }
}

async function putAll(batch: readonly (readonly [string, Pending])[], writers: Writers): Promise<void> {
  for (const [key, pending] of batch) {
    // A thing that was deleted meanwhile leaves no record behind.
    if (await exists(key, pending.id, writers)) {
      await writers.lastUses.put(key, merge(await writers.lastUses.get(key), pending));
    }
  }
}

async function exists(key: string, id: string, writers: Writers): Promise<boolean> {
  const [kind, ...rest] = key.split('/');
  const name = rest.join('/');
  switch (kind) {
    case 'role':
      return (await writers.roles.get(name))?.id === id;
    case 'user':
      return (await writers.users.get(name))?.id === id;
    default:
      return (await writers.accessKeys.get(name)) !== undefined;
  }
}

function merge(stored: LastUse | undefined, pending: Pending): LastUse {
  const before = stored?.id === pending.id ? stored.services : {};
  return { id: pending.id, services: { ...before, ...Object.fromEntries(pending.services) } };
}

/** The key of a role's last uses. */
export function roleUseKey(role: Pick<Role, 'account' | 'name'>): string {
  return `role/${role.account}/${role.name.toLowerCase()}`;
}

/** The key of a user's last uses. */
export function userUseKey(user: Pick<User, 'account' | 'name'>): string {
  return `user/${user.account}/${user.name.toLowerCase()}`;
}

/** The key of an access key's last uses. */
export function accessKeyUseKey(accessKeyId: string): string {
  return `accessKey/${accessKeyId}`;
}

/** The latest of all services, with its name; undefined when there is none. */
export function latestUse(use: LastUse | undefined): (ServiceUse & { readonly service: string }) | undefined {
  let latest: (ServiceUse & { readonly service: string }) | undefined;
  for (const [service, one] of Object.entries(use?.services ?? {})) {
    if (latest === undefined || one.at > latest.at) latest = { service, ...one };
  }
  return latest;
}
