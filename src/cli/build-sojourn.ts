/** Builds everything by hand in one place: storage, keys, issuers, and the ports that use cases see. */
import type { Clock } from '../base/clock.ts';
import { makeAccessKey } from '../credentials/access-key.ts';
import { makeKeyRing, parseKeyRing, printKeyRing, type KeyRing } from '../credentials/key-ring.ts';
import { openSecret, sealSecret } from '../credentials/sealed-secret.ts';
import { makeSigningKeyCache } from '../credentials/signature-v4/signing-key.ts';
import { LastUses } from '../federation/last-uses.ts';
import type { RootAccessKey, Sojourn } from '../federation/sojourn.ts';
import { UsedTokens } from '../federation/used-tokens.ts';
import type { IssuerKeys } from '../issuers/issuer-keys.ts';
import { PolicyCache } from '../policy/policy-cache.ts';
import { auditTrailFile } from '../server/audit-trail-file.ts';
import { openFileObjects } from '../storage/objects/files/file-objects.ts';
import { openSqliteState } from '../storage/state/sqlite/sqlite-state.ts';
import type { State } from '../storage/state/state.ts';
import { claimsToTags } from './issuer/claim-to-tag-row.ts';
import { readJsonFile, writeJsonFile, type DataDirectory } from './data-directory.ts';
import type { Settings } from './settings.ts';
import { systemRandom } from './system-random.ts';

/** Compiled policies kept, by content. */
const POLICY_CACHE = 10_000;
/** Signing keys kept: one for each access key, day, region and service in use. */
const SIGNING_KEY_CACHE = 10_000;
const ROOT_KEY_SETTING = 'root-access-key';

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** A Sojourn with its files open. */
export interface BuiltSojourn {
  readonly sojourn: Sojourn;
  /** True when the root key was made just now: the only time that its secret is shown. */
  readonly rootKeyIsNew: boolean;
  /** Stores a new root key. Called once it was shown: a start that failed before must not leave a key that nobody knows. */
  readonly keepRootKey: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the data directory and puts the parts together; `issuerKeys` is the one part that `dev` and `serve` differ in. */
export async function buildSojourn(
  settings: Settings,
  directory: DataDirectory,
  issuerKeys: IssuerKeys,
  publicUrl: () => string,
  clock: Clock = systemClock,
): Promise<BuiltSojourn> {
  const state = openSqliteState(directory.state);
  const keyRing = loadKeyRing(directory);
  const objects = await openFileObjects(directory.objects, clock);
  const root = await rootAccessKey(settings, state, keyRing);
  return {
    sojourn: {
      state,
      objects,
      issuerKeys,
      keyRing,
      policies: new PolicyCache(POLICY_CACHE),
      signingKeys: makeSigningKeyCache(SIGNING_KEY_CACHE),
      rootAccessKey: root.key,
      clock,
      random: systemRandom,
      account: settings.account,
      region: settings.region,
      publicUrl,
      lastUses: new LastUses(state),
      auditTrail: auditTrailFile(auditLogPath(settings, directory)),
      accountQuotas: settings.accountQuotas,
      claimsToTags: claimsToTags(settings.claimsToTags),
      ...(settings.refuseTokenReuse.length > 0 && { usedTokens: new UsedTokens(settings.refuseTokenReuse) }),
    },
    rootKeyIsNew: root.keep !== undefined,
    keepRootKey: async () => root.keep?.(),
    close: async () => {
      await objects.close();
      await state.close();
    },
  };
}

/** Where events are appended and read. */
export function auditLogPath(settings: Settings, directory: DataDirectory): string {
  return settings.auditLog ?? directory.auditLog;
}

/** The ring in its file, made at the first start. */
function loadKeyRing(directory: DataDirectory): KeyRing {
  const stored = readJsonFile(directory.keyRing);
  if (stored === undefined) {
    const ring = makeKeyRing(systemRandom);
    writeJsonFile(directory.keyRing, printKeyRing(ring));
    return ring;
  }
  const ring = parseKeyRing(stored);
  if (ring === undefined)
    throw new StartError(`The key ring in ${directory.keyRing} cannot be read: restore it from a backup.`);
  return ring;
}

/** Why Sojourn does not start, as a sentence for the operator. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
}

async function rootAccessKey(
  settings: Settings,
  state: State,
  keyRing: KeyRing,
): Promise<{ readonly key: RootAccessKey; readonly keep?: () => Promise<void> }> {
  if (settings.rootAccessKeyId !== undefined && settings.rootSecretAccessKey !== undefined) {
    return {
      key: { accessKeyId: settings.rootAccessKeyId, secretAccessKey: settings.rootSecretAccessKey },
    };
  }
  const name = `${ROOT_KEY_SETTING}/${settings.account}`;
  const stored = storedRootKey((await state.settings.get(name))?.value, keyRing);
  if (stored !== undefined) return { key: stored };
  const key = makeAccessKey('AKIA', settings.account, systemRandom);
  const value = { id: key.accessKeyId, sealedSecret: sealSecret(key.secretAccessKey, keyRing, systemRandom) };
  return { key, keep: () => state.write((writers) => writers.settings.put(name, { value })) };
}

function storedRootKey(value: unknown, keyRing: KeyRing): RootAccessKey | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('sealedSecret' in value)) return undefined;
  const { id, sealedSecret } = value;
  if (typeof id !== 'string' || typeof sealedSecret !== 'string') return undefined;
  const secret = openSecret(sealedSecret, keyRing);
  if (secret === undefined) {
    throw new StartError('The root access key was sealed under another key ring: restore key-ring.json from a backup.');
  }
  return { accessKeyId: id, secretAccessKey: secret };
}
