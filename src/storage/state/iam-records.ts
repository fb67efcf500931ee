/** IAM's records as Sojourn keeps them. Times are milliseconds since the epoch; documents are kept as they were sent. */
import type { AccountId, Arn } from '../../base/arn.ts';
import type { Tag } from '../../base/tags.ts';

/** A registered issuer. */
export interface OpenIDConnectProvider {
  readonly account: AccountId;
  readonly arn: Arn;
  /** Without `https://`, path and trailing slash kept: `token.actions.githubusercontent.com`. */
  readonly url: string;
  readonly clientIds: readonly string[];
  /** Lower-cased. */
  readonly thumbprints: readonly string[];
  readonly createDate: number;
  readonly tags: readonly Tag[];
}

/** A role with all that hangs on it. */
export interface Role {
  readonly account: AccountId;
  readonly arn: Arn;
  readonly path: string;
  readonly name: string;
  /** `AROA…` */
  readonly id: string;
  readonly createDate: number;
  readonly trustPolicy: string;
  readonly description: string | undefined;
  /** Seconds; undefined when defaulted (CreateRole then does not print it). */
  readonly maxSessionDuration: number | undefined;
  readonly permissionsBoundary: Arn | undefined;
  readonly tags: readonly Tag[];
  /** Policy name → document. */
  readonly inlinePolicies: Readonly<Record<string, string>>;
  /** In order of attachment. */
  readonly attachedPolicies: readonly Arn[];
}

/** A user with all that hangs on it. */
export interface User {
  readonly account: AccountId;
  readonly arn: Arn;
  readonly path: string;
  readonly name: string;
  /** `AIDA…` */
  readonly id: string;
  readonly createDate: number;
  readonly permissionsBoundary: Arn | undefined;
  readonly tags: readonly Tag[];
  readonly inlinePolicies: Readonly<Record<string, string>>;
  readonly attachedPolicies: readonly Arn[];
  /** Names of its groups, lower-cased, in order of joining. */
  readonly groups: readonly string[];
  /** Ids of its access keys, oldest first; the keys themselves are records of their own. */
  readonly accessKeyIds: readonly string[];
}

/** A group; its members are rows of their own. */
export interface Group {
  readonly account: AccountId;
  readonly arn: Arn;
  readonly path: string;
  readonly name: string;
  /** `AGPA…` */
  readonly id: string;
  readonly createDate: number;
  readonly inlinePolicies: Readonly<Record<string, string>>;
  readonly attachedPolicies: readonly Arn[];
}

/** A user's membership in a group, seen from the group. */
export interface GroupMember {
  readonly groupName: string;
  readonly userName: string;
}

/** What Terraform and consoles put around a role for machines. */
export interface InstanceProfile {
  readonly account: AccountId;
  readonly arn: Arn;
  readonly path: string;
  readonly name: string;
  /** `AIPA…` */
  readonly id: string;
  readonly createDate: number;
  readonly tags: readonly Tag[];
  /** Name of the one role it may hold. */
  readonly roleName: string | undefined;
}

/** A long-term key. */
export interface AccessKey {
  readonly id: string;
  readonly account: AccountId;
  /** Lower-cased name: the key of its user's record. */
  readonly userKey: string;
  readonly userName: string;
  /** Sealed with the key ring; opened where the signature is checked. */
  readonly sealedSecret: string;
  readonly status: 'Active' | 'Inactive';
  readonly createDate: number;
}

/** A customer's managed policy with its versions. */
export interface ManagedPolicy {
  readonly account: AccountId;
  readonly arn: Arn;
  readonly path: string;
  readonly name: string;
  /** `ANPA…` */
  readonly id: string;
  readonly description: string | undefined;
  readonly createDate: number;
  readonly updateDate: number;
  readonly tags: readonly Tag[];
  readonly defaultVersionId: string;
  /** Oldest first. */
  readonly versions: readonly PolicyVersion[];
  /** Number of the next version: ids are never used twice. */
  readonly nextVersion: number;
}

/** Never changed once made. */
export interface PolicyVersion {
  /** `v1`, `v2`, … */
  readonly id: string;
  readonly document: string;
  readonly createDate: number;
}
