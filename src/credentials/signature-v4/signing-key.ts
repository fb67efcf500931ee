/** The key that signs a day's requests to one service in one region, derived from the secret. */
import { createHmac, hash } from 'node:crypto';
import type { Buffer } from 'node:buffer';
import { TERMINATOR } from './parsed-signature.ts';
import type { CredentialScope } from './parsed-signature.ts';

/** HMAC over date, region, service and terminator in turn, starting from `AWS4` + secret. */
export function deriveSigningKey(secret: string, { date, region, service }: CredentialScope): Buffer {
  return hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), TERMINATOR);
}

/** HMAC-SHA256 of `text`, one byte a character. */
export function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'latin1').digest();
}

/** Remembers derived keys: four of the five HMACs of a verification. */
export interface SigningKeyCache {
  /** The key for this secret and scope; what was asked for longest ago gives way. */
  readonly get: (accessKeyId: string, secret: string, scope: CredentialScope) => Buffer;
  /** Keys held now. */
  readonly size: () => number;
}

/**
 * A cache of at most `capacity` keys. The secret's digest is part of the name, so that a key id whose
 * secret changed never finds the key of the old one.
 */
export function makeSigningKeyCache(capacity = 4096): SigningKeyCache {
  const keys = new Map<string, Buffer>();
  return {
    get: (accessKeyId, secret, scope) => {
      const digest = hash('sha256', secret, 'base64');
      const name = `${accessKeyId}/${scope.date}/${scope.region}/${scope.service}/${digest}`;
      const key = keys.get(name) ?? deriveSigningKey(secret, scope);
      // Taken out and put back, it is the youngest; the oldest is the first of the map.
      keys.delete(name);
      keys.set(name, key);
      if (keys.size > capacity) keys.delete(keys.keys().next().value ?? name);
      return key;
    },
    size: () => keys.size,
  };
}
