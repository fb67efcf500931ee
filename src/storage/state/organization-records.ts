/** AWS Organizations' records as Sojourn keeps them. Times are milliseconds since the epoch. */
import type { AccountId, Arn } from '../../base/arn.ts';
import type { Tag } from '../../base/tags.ts';

/** The policy types that Sojourn evaluates. */
export type OrganizationPolicyType = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';

/** An organization with its one root. */
export interface Organization {
  /** `o-` and ten letters or digits. */
  readonly id: string;
  readonly featureSet: 'ALL' | 'CONSOLIDATED_BILLING';
  readonly managementAccount: AccountId;
  readonly managementEmail: string;
  readonly createDate: number;
  readonly root: OrganizationRoot;
  /** AWS services that may act in the organization; absent in records of before it could be said. */
  readonly serviceAccess?: readonly ServiceAccess[];
}

/** An AWS service that the organization was opened to. */
export interface ServiceAccess {
  /** `cloudtrail.amazonaws.com` */
  readonly principal: string;
  readonly enableDate: number;
}

/** The top of the tree; there is one. */
export interface OrganizationRoot {
  /** `r-` and four letters or digits. */
  readonly id: string;
  readonly enabledPolicyTypes: readonly OrganizationPolicyType[];
  /** Ids of the policies attached here, of both types, in order of attachment. */
  readonly policies: readonly string[];
  readonly tags: readonly Tag[];
}

/** A node between root and accounts. */
export interface OrganizationalUnit {
  /** `ou-`, the root's four characters, `-` and eight more. */
  readonly id: string;
  readonly name: string;
  /** A root or another organizational unit. */
  readonly parentId: string;
  readonly policies: readonly string[];
  readonly tags: readonly Tag[];
}

/** An account of an organization; the management account has one too. */
export interface OrganizationAccount {
  readonly id: AccountId;
  readonly name: string;
  readonly email: string;
  /** `SUSPENDED` when it was closed: nobody of it may do anything any more. */
  readonly status: 'ACTIVE' | 'SUSPENDED';
  readonly joinedMethod: 'CREATED' | 'INVITED';
  readonly joinDate: number;
  readonly parentId: string;
  readonly policies: readonly string[];
  readonly tags: readonly Tag[];
}

/** A policy of the customer's; AWS's own (`p-FullAWSAccess`) are not stored. */
export interface OrganizationPolicy {
  /** `p-` and eight letters or digits, or ten. */
  readonly id: string;
  readonly arn: Arn;
  readonly type: OrganizationPolicyType;
  readonly name: string;
  readonly description: string;
  readonly content: string;
  readonly tags: readonly Tag[];
}

/** What became of one CreateAccount. */
export interface AccountCreation {
  /** `car-` and 32 hexadecimal digits. */
  readonly id: string;
  readonly accountName: string;
  readonly requestDate: number;
  readonly completeDate: number;
  /** Undefined when it failed. */
  readonly accountId: AccountId | undefined;
  /** AWS's word for why it failed, `EMAIL_ALREADY_EXISTS`. */
  readonly failureReason: 'EMAIL_ALREADY_EXISTS' | undefined;
}
