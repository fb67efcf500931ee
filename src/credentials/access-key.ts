/** Making access keys. */
import { Buffer } from 'node:buffer';
import type { AccountId } from '../base/arn.ts';
import type { Random } from '../base/clock.ts';
import { makeUniqueId } from '../base/unique-id.ts';

export interface AccessKeyPair {
  /** 20 characters that carry the account (reference aws-federation 7.2). */
  readonly accessKeyId: string;
  /** 40 characters of base64: 240 random bits. */
  readonly secretAccessKey: string;
}

/** A fresh key pair: `AKIA` for one that lasts, `ASIA` for one of a session. */
export function makeAccessKey(prefix: 'AKIA' | 'ASIA', account: AccountId, random: Random): AccessKeyPair {
  return {
    accessKeyId: makeUniqueId(prefix, account, random),
    secretAccessKey: Buffer.from(random.bytes(30)).toString('base64'),
  };
}
