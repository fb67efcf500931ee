/** Where the development issuer keeps its keys, and what the JSON there looks like. */
import { readStoredKey } from './signing-key.ts';
import type { StoredKey } from './signing-key.ts';

/** The port: one JSON document that outlives the process and that only its owner can read. */
export interface KeyFile {
  /** The document as parsed from JSON; undefined when there is none yet. */
  load(): Promise<unknown>;
  /** Replaces the document, whole or not at all. */
  save(value: unknown): Promise<void>;
}

/** The document. Immutable. */
export interface KeyDocument {
  readonly version: 1;
  /** Provider name → its keys, the signing one first, the retired after it. */
  readonly keys: Readonly<Record<string, readonly StoredKey[]>>;
  /** Issuers that no profile claims, for which a token was minted here → provider name. */
  readonly issuers: Readonly<Record<string, string>>;
}

/**
 * Reads the document.
 *
 * @throws TypeError when there is one that is not ours: keys are never silently replaced
 */
export function readKeyDocument(value: unknown): KeyDocument {
  if (value === undefined) return { version: 1, keys: {}, issuers: {} };
  if (!isRecord(value) || value['version'] !== 1 || !isRecord(value['keys']) || !isRecord(value['issuers'])) {
    throw new TypeError('the key file of the development issuer is not one that this version wrote');
  }
  const keys: Record<string, readonly StoredKey[]> = {};
  for (const [provider, list] of Object.entries(value['keys'])) {
    const stored = Array.isArray(list) ? list.map(readStoredKey).filter((key) => key !== undefined) : [];
    if (!Array.isArray(list) || stored.length !== list.length || stored[0]?.privateKey === undefined) {
      throw new TypeError(`the keys of ${provider} in the key file of the development issuer are damaged`);
    }
    keys[provider] = stored;
  }
  const issuers: Record<string, string> = {};
  for (const [issuer, provider] of Object.entries(value['issuers'])) {
    if (typeof provider === 'string') issuers[issuer] = provider;
  }
  return { version: 1, keys, issuers };
}

/** A key file that ends with the process. */
export function memoryKeyFile(): KeyFile {
  let held: string | undefined;
  return {
    load: async () => (held === undefined ? undefined : JSON.parse(held)),
    save: async (value) => {
      held = JSON.stringify(value);
    },
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
