/**
 * The issuer port of `sojourn dev`: known issuers are answered with the development issuer's keys, so
 * that policies and tokens keep the real names. All other issuers are asked over the network.
 */
import type { IssuerAnswer, IssuerKeys, RegisteredIssuer } from '../issuer-keys.ts';
import type { DevelopmentKeys } from './development-keys.ts';

/**
 * {@link IssuerKeys} over local keys.
 *
 * Pinned are the issuers of every profile, the generic one's, and those for which a token was minted
 * by these keys. A token that the real issuer signed does not verify here.
 *
 * @param fallback answers for every other issuer
 */
export function developmentIssuerKeys(local: DevelopmentKeys, fallback: IssuerKeys): IssuerKeys {
  return {
    keysOf(issuer, kid) {
      const provider = local.providerOf(issuer.url);
      const known = provider && local.known(provider.name);
      if (known !== undefined && (kid === undefined || known.keySet.has(kid))) {
        return { kind: 'keys', keys: known.keySet, verification: 'IAMTrustStore' };
      }
      return lookedUp(local, fallback, issuer, kid);
    },
    thumbprintOf: async (url) =>
      local.providerOf(url) === undefined
        ? fallback.thumbprintOf(url)
        : { kind: 'unavailable', why: `${url} is pinned to local keys: nobody is asked` },
  };
}

/** The issuer or the kid may be news of another process: `sojourn token` signs with the same file. */
async function lookedUp(
  local: DevelopmentKeys,
  fallback: IssuerKeys,
  issuer: RegisteredIssuer,
  kid: string | undefined,
): Promise<IssuerAnswer> {
  try {
    await local.reload();
    const provider = local.providerOf(issuer.url);
    if (provider === undefined) return await fallback.keysOf(issuer, kid);
    const { keySet } = await local.keysOf(provider);
    return { kind: 'keys', keys: keySet, verification: 'IAMTrustStore' };
  } catch (error) {
    return { kind: 'unavailable', why: `the keys of the development issuer: ${String(error)}` };
  }
}
