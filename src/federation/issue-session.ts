/** Makes the credentials of a session: a fresh key pair, and the session sealed into its token. Nothing is stored. */
import { makeAccessKey } from '../credentials/access-key.ts';
import type { FederatedUserSession, RoleSession, UserSession } from '../credentials/session.ts';
import { sealSession } from '../credentials/session-token.ts';
import type { Sojourn } from './sojourn.ts';

type Minted = 'accessKeyId' | 'secretAccessKey' | 'issuedAt' | 'expiresAt';
/** What the use case knows of a session before its keys and times are made. */
export type NewSession = Omit<RoleSession, Minted> | Omit<UserSession, Minted> | Omit<FederatedUserSession, Minted>;

/** `Credentials` of the answers of STS. */
export interface IssuedCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
  readonly Expiration: Date;
}

/**
 * @param now milliseconds since the epoch; the session starts at the whole second before it
 * @param duration seconds
 */
export function issueSession(session: NewSession, now: number, duration: number, sojourn: Sojourn): IssuedCredentials {
  const issuedAt = Math.floor(now / 1000);
  const expiresAt = issuedAt + duration;
  const { accessKeyId, secretAccessKey } = makeAccessKey('ASIA', session.account, sojourn.random);
  const token = sealSession(
    { ...session, accessKeyId, secretAccessKey, issuedAt, expiresAt },
    sojourn.keyRing,
    sojourn.random,
  );
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: token,
    Expiration: new Date(expiresAt * 1000),
  };
}
