/**
 * The keys of the development issuer: a set for each provider, made when first needed and kept in
 * a file that `sojourn dev` and the commands beside it share.
 */
import type { KeyObject } from 'node:crypto';
import type { IdentityProvider } from '../../idp/profile.ts';
import { generic } from '../../idp/generic.ts';
import { PROFILES, profileNamed, profileOf } from '../../idp/profiles.ts';
import { importKeySet } from '../../tokens/key-set.ts';
import type { KeySet } from '../../tokens/key-set.ts';
import { readKeyDocument } from './key-file.ts';
import type { KeyDocument, KeyFile } from './key-file.ts';
import { makeKey, privateKeyOf, published, retired } from './signing-key.ts';
import type { PublishedKey, StoredKey } from './signing-key.ts';

/** One provider's keys, ready for use. */
export interface ProviderKeys {
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** The key set as published: the signing key first, then the retired ones. */
  readonly published: readonly PublishedKey[];
  readonly keySet: KeySet;
}

/** Retired keys that stay published. */
const RETIRED_KEYS = 3;
/** Issuers beyond the profiles' own that are remembered; the oldest makes room. */
const ISSUER_LIMIT = 100;

/** The key sets of all providers. Changes go to the file at once; changes by others are seen when they matter. */
export class DevelopmentKeys {
  readonly #file: KeyFile;
  readonly #ready = new Map<string, ProviderKeys>();
  readonly #making = new Map<string, Promise<void>>();
  #document: KeyDocument;
  /** Reads and writes of the file happen one after the other, each starting from what the one before left. */
  #turn: Promise<void> = Promise.resolve();

  private constructor(file: KeyFile, document: KeyDocument) {
    this.#file = file;
    this.#document = document;
  }

  /**
   * Reads the file; makes no key yet.
   *
   * @throws TypeError when the file is damaged; what its `load` rejects with
   */
  static async open(file: KeyFile): Promise<DevelopmentKeys> {
    return new DevelopmentKeys(file, readKeyDocument(await file.load()));
  }

  /** The provider's keys as far as they are in memory. */
  known(provider: string): ProviderKeys | undefined {
    const ready = this.#ready.get(provider);
    if (ready !== undefined) return ready;
    const stored = this.#document.keys[provider];
    if (stored === undefined) return undefined;
    const made = providerKeys(provider, stored);
    this.#ready.set(provider, made);
    return made;
  }

  /** The provider's keys as the file has them; made now when it has none. */
  async keysOf(provider: IdentityProvider): Promise<ProviderKeys> {
    await this.reload();
    return this.known(provider.name) ?? (await this.#makeFirst(provider));
  }

  /** Makes what is missing for every provider, one after the other, so that nobody waits later. */
  async prepare(): Promise<void> {
    for (const provider of PROFILES) await this.keysOf(provider);
  }

  /**
   * Gives the provider a new signing key; the one before stays published, and can sign no more.
   *
   * @returns the new key's `kid`
   */
  async rotate(provider: IdentityProvider): Promise<string> {
    await this.keysOf(provider);
    const fresh = await makeKey(provider.kidForm);
    await this.#change((document) => {
      const before = (document.keys[provider.name] ?? []).map(retired).slice(0, RETIRED_KEYS);
      return { ...document, keys: { ...document.keys, [provider.name]: [fresh, ...before] } };
    });
    return fresh.kid;
  }

  /**
   * The provider whose local keys stand for this issuer's; undefined when the issuer is a real one.
   *
   * @param issuer with `https://`
   */
  providerOf(issuer: string): IdentityProvider | undefined {
    const profile = profileOf(issuer.replace(/^https:\/\//, ''));
    if (profile !== generic || issuer === generic.issuer({})) return profile;
    const remembered = Object.hasOwn(this.#document.issuers, issuer) ? this.#document.issuers[issuer] : undefined;
    return remembered === undefined ? undefined : profileNamed(remembered);
  }

  /**
   * Remembers that tokens of this issuer are minted here: a GitHub Enterprise Server, a cluster's own
   * issuer, whatever was named to the generic provider. Without effect for issuers of a profile.
   */
  async pin(issuer: string, provider: IdentityProvider): Promise<void> {
    if (this.providerOf(issuer) !== undefined) return;
    await this.#change((document) => {
      const issuers = [...Object.entries(document.issuers), [issuer, provider.name] as const].slice(-ISSUER_LIMIT);
      return { ...document, issuers: Object.fromEntries(issuers) };
    });
  }

  /** Looks at the file again: another process may have written it. Memory is never ahead of the file. */
  reload(): Promise<void> {
    return this.#inTurn(async () => this.#take(readKeyDocument(await this.#file.load())));
  }

  async #makeFirst(provider: IdentityProvider): Promise<ProviderKeys> {
    const { name, kidForm } = provider;
    const making = this.#making.get(name) ?? this.#make(name, kidForm).finally(() => this.#making.delete(name));
    this.#making.set(name, making);
    await making;
    const made = this.known(name);
    if (made === undefined) throw new TypeError(`the keys of ${name} were not written`);
    return made;
  }

  async #make(name: string, form: IdentityProvider['kidForm']): Promise<void> {
    const [signing, old] = await Promise.all([makeKey(form), makeKey(form)]);
    // Making keys takes long: another process may have been faster, and then its keys are the ones.
    await this.#change((document) =>
      document.keys[name] === undefined
        ? { ...document, keys: { ...document.keys, [name]: [signing, retired(old)] } }
        : document,
    );
  }

  #change(next: (document: KeyDocument) => KeyDocument): Promise<void> {
    return this.#inTurn(async () => {
      const before = readKeyDocument(await this.#file.load());
      const after = next(before);
      if (after !== before) await this.#file.save(after);
      this.#take(after);
    });
  }

  #take(document: KeyDocument): void {
    for (const [provider, ready] of this.#ready) {
      const kids = document.keys[provider]?.map(({ kid }) => kid) ?? [];
      if (kids.join() !== ready.published.map(({ kid }) => kid).join()) this.#ready.delete(provider);
    }
    this.#document = document;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

function providerKeys(provider: string, stored: readonly StoredKey[]): ProviderKeys {
  const [signing] = stored;
  const privateKey = signing === undefined ? undefined : privateKeyOf(signing);
  const list = stored.map(published);
  const keySet = importKeySet({ keys: list });
  if (signing === undefined || privateKey === undefined || keySet === undefined) {
    throw new TypeError(`the keys of ${provider} cannot be used`);
  }
  return { kid: signing.kid, privateKey, published: list, keySet };
}
