/** Who made a signed call, after the signature held and the session opened. */
import type { AccountId, Arn } from '../base/arn.ts';
import type { FederatedUserSession, RoleSession, UserSession } from '../credentials/session.ts';
import type { Role, User } from '../storage/state/iam-records.ts';

/** Every kind of caller. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'root';
      readonly account: AccountId;
      readonly arn: Arn;
      readonly accessKeyId: string;
      /** Set when the credentials came from GetSessionToken. */
      readonly session: UserSession | undefined;
    }
  | {
      readonly kind: 'user';
      readonly account: AccountId;
      readonly arn: Arn;
      readonly accessKeyId: string;
      readonly user: User;
      readonly session: UserSession | undefined;
    }
  | {
      readonly kind: 'role';
      readonly account: AccountId;
      /** `arn:aws:sts::A:assumed-role/role/session` */
      readonly arn: Arn;
      readonly accessKeyId: string;
      readonly role: Role;
      readonly session: RoleSession;
    }
  | {
      readonly kind: 'federatedUser';
      readonly account: AccountId;
      /** `arn:aws:sts::A:federated-user/name` */
      readonly arn: Arn;
      readonly accessKeyId: string;
      /** The user, or root, that called GetFederationToken. */
      readonly issuerArn: Arn;
      /** The IAM user whose permissions bound the session; undefined when root called. */
      readonly user: User | undefined;
      readonly session: FederatedUserSession;
    };

/** A caller with an account: every one but the anonymous. */
export type SignedCaller = Exclude<Caller, { readonly kind: 'anonymous' }>;
