/** What a session token carries: all that a request needs to know about the session, sealed. */
import type { AccountId } from '../base/arn.ts';

interface SessionFacts {
  readonly account: AccountId;
  /** The `ASIA…` key this session signs with. */
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Seconds since the epoch. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** The inline session policy as passed. */
  readonly policy?: string | undefined;
  /** ARNs of the managed session policies. */
  readonly policyArns?: readonly string[] | undefined;
  /** Session tags, keys in the case they came. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly transitiveTagKeys?: readonly string[] | undefined;
  readonly sourceIdentity?: string | undefined;
}

/** An assumed role. Bound to the role's id: it ends when the role is deleted, even when re-created under its name. */
export interface RoleSession extends SessionFacts {
  readonly kind: 'role';
  readonly roleId: string;
  readonly roleName: string;
  readonly sessionName: string;
  /** Provider ARN or built-in name, for sessions of web identities. */
  readonly federatedProvider?: string | undefined;
  /** Condition keys that stay in the session (`{iss}:aud`, `:sub`, `:amr`), full key → value. */
  readonly carried?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Made with the credentials of another role session: duration is then capped at one hour. */
  readonly chained?: true | undefined;
}

/** GetSessionToken: the user (or root, with no user id) itself, for a while. */
export interface UserSession extends SessionFacts {
  readonly kind: 'user';
  readonly userId: string | undefined;
  readonly userName: string | undefined;
}

/** GetFederationToken. */
export interface FederatedUserSession extends SessionFacts {
  readonly kind: 'federatedUser';
  readonly name: string;
  readonly userId: string | undefined;
  readonly userName: string | undefined;
}

export type Session = RoleSession | UserSession | FederatedUserSession;
