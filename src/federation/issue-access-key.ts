/** A long-term access key for a user: shown once, kept sealed. */
import type { AccountId } from '../base/arn.ts';
import { makeAccessKey } from '../credentials/access-key.ts';
import { sealSecret } from '../credentials/sealed-secret.ts';
import type { Sojourn } from './sojourn.ts';

/** A fresh key, its secret shown once and sealed for storage. */
export interface IssuedAccessKey {
  readonly accessKeyId: string;
  /** For the answer to CreateAccessKey and for nothing else. */
  readonly secretAccessKey: string;
  /** For the record. */
  readonly sealedSecret: string;
}

/** A fresh `AKIA…` key of the account. */
export function issueAccessKey(account: AccountId, sojourn: Pick<Sojourn, 'keyRing' | 'random'>): IssuedAccessKey {
  const pair = makeAccessKey('AKIA', account, sojourn.random);
  return { ...pair, sealedSecret: sealSecret(pair.secretAccessKey, sojourn.keyRing, sojourn.random) };
}
