/** The signature algorithms that STS accepts in web identity tokens, and no other (aws-federation 2). */

/** What `alg` fixes: the key's family, the hash, and for ECDSA curve and signature length (RFC 7518 3.3, 3.4). */
export interface Algorithm {
  readonly family: 'RSA' | 'EC';
  readonly hash: 'sha256' | 'sha384' | 'sha512';
  readonly curve: 'P-256' | 'P-384' | 'P-521' | undefined;
  /** Bytes of an ECDSA signature, R and S joined; undefined for RSA, where the key's size decides. */
  readonly signatureLength: number | undefined;
}

/** A Map, not an object: `alg: "constructor"` must find nothing. */
const ALGORITHMS: ReadonlyMap<unknown, Algorithm> = new Map<string, Algorithm>([
  ['RS256', { family: 'RSA', hash: 'sha256', curve: undefined, signatureLength: undefined }],
  ['RS384', { family: 'RSA', hash: 'sha384', curve: undefined, signatureLength: undefined }],
  ['RS512', { family: 'RSA', hash: 'sha512', curve: undefined, signatureLength: undefined }],
  ['ES256', { family: 'EC', hash: 'sha256', curve: 'P-256', signatureLength: 64 }],
  ['ES384', { family: 'EC', hash: 'sha384', curve: 'P-384', signatureLength: 96 }],
  ['ES512', { family: 'EC', hash: 'sha512', curve: 'P-521', signatureLength: 132 }],
]);

/** The algorithm that `alg` names, letter by letter; undefined for every other value of any type. */
export function algorithmOf(alg: unknown): Algorithm | undefined {
  return ALGORITHMS.get(alg);
}

export function isAlgorithm(alg: unknown): alg is string {
  return ALGORITHMS.has(alg);
}
