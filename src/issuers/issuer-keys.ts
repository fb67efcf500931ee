/** The issuer port: which keys an issuer signs with, now. */
import type { KeySet } from '../tokens/key-set.ts';

/** What is known of the issuer from its provider's registration. */
export interface RegisteredIssuer {
  /** With `https://`, exactly as registered and as in `iss`. */
  readonly url: string;
  /** Lower-cased SHA-1 thumbprints; consulted only when the chain does not end in a trusted root. */
  readonly thumbprints: readonly string[];
}

export type IssuerAnswer =
  | {
      readonly kind: 'keys';
      readonly keys: KeySet;
      /** Which trust decided: CloudTrail's identityProviderConnectionVerificationMethod. */
      readonly verification: 'IAMTrustStore' | 'Thumbprint';
    }
  /** `why` is for the operator; the client hears AWS's sentence for the code. */
  | { readonly kind: 'unavailable'; readonly why: string }
  | { readonly kind: 'thumbprintMismatch'; readonly why: string };

/** What IAM would store for a provider: 40 lower-case hex digits; or why the issuer cannot be reached. */
export type ProviderThumbprint =
  { readonly kind: 'thumbprint'; readonly thumbprint: string } | { readonly kind: 'unavailable'; readonly why: string };

export interface IssuerKeys {
  /**
   * The issuer's keys; from the cache when it holds `kid` (then without a promise), else fetched,
   * at a bounded rate.
   */
  keysOf(issuer: RegisteredIssuer, kid: string | undefined): IssuerAnswer | Promise<IssuerAnswer>;
  /**
   * The thumbprint of the top intermediate authority of the key set's host, from the live chain:
   * IAM computes it when a provider is created without (reference aws-federation 3). Bounded in time;
   * never rejects.
   *
   * @param url of the issuer, with `https://`
   */
  thumbprintOf(url: string): Promise<ProviderThumbprint>;
}
