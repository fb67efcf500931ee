/** A token in a file that is renewed before it ends, as the kubelet keeps a projected one. */
import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import type { MintedToken } from '../../issuers/development/mint-token.ts';

/** The part of its life after which a token is replaced (reference oidc-issuers 5, Kubernetes). */
const RENEW_AT = 0.8;
const LONGEST_WAIT = 3_600_000;

/**
 * Writes tokens into `path` until `ended`. Readers see an old token or a new one, never half of one.
 *
 * @param mint a token for now
 * @param told each time that one was written, with the milliseconds to the next
 * @returns why no token could be minted; undefined once `ended`
 */
export async function keepTokenFile(
  path: string,
  mint: () => Promise<MintedToken>,
  ended: Promise<void>,
  told: (milliseconds: number) => void,
): Promise<string | undefined> {
  let over = false;
  const end = ended.then(() => {
    over = true;
  });
  while (!over) {
    const minted = await mint();
    if (minted.kind === 'impossible') return minted.why;
    replaceFile(path, minted.token);
    const wait = Math.min(lifeOf(minted.claims) * 1000 * RENEW_AT, LONGEST_WAIT);
    told(wait);
    const { promise: elapsed, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, wait);
    await Promise.race([elapsed, end]);
    clearTimeout(timer);
  }
  return undefined;
}

/** Seconds from `iat` to `exp`. */
function lifeOf(claims: Readonly<Record<string, unknown>>): number {
  const { iat, exp } = claims;
  return typeof iat === 'number' && typeof exp === 'number' ? Math.max(exp - iat, 1) : 60;
}

function replaceFile(path: string, token: string): void {
  const temporary = `${path}.new`;
  writeFileSync(temporary, token, { mode: 0o600 });
  // The mode of writeFileSync is only for a file that it makes.
  chmodSync(temporary, 0o600);
  renameSync(temporary, path);
}
