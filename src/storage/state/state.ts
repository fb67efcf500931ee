/**
 * The state port: IAM's records and Sojourn's own, small and consistent. What one call has written
 * the next call reads; a write that was acknowledged survives a power cut.
 *
 * Each record is one aggregate, kept whole: a role with its inline policies, attachments and tags.
 * Reads outside a transaction see committed records only. `write` runs its function alone (other
 * writers wait), may run it again, and commits all of it or nothing.
 *
 * Records are JSON values: a property that is undefined may come back as an absent one. A record
 * that is read is the reader's own copy. Keys are well-formed Unicode; others are a TypeError.
 */
import type {
  AccessKey,
  Group,
  GroupMember,
  InstanceProfile,
  ManagedPolicy,
  OpenIDConnectProvider,
  Role,
  User,
} from './iam-records.ts';
import type { Bucket } from './bucket-record.ts';
import type {
  AccountCreation,
  Organization,
  OrganizationAccount,
  OrganizationalUnit,
  OrganizationPolicy,
} from './organization-records.ts';
import type { LastUse } from './last-use.ts';

/** Where a listing stands: records with keys after `after` (exclusive), at most `limit`. */
export interface Page {
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Reads of one kind of record. Keys are compared byte-wise; each record type's key is documented at {@link Records}. */
export interface Reader<V> {
  get(key: string): Promise<V | undefined>;
  /** In key order, only keys that start with `prefix`. */
  list(prefix: string, page: Page): Promise<readonly V[]>;
  count(prefix: string): Promise<number>;
}

/** Reads and writes of one kind of record inside a transaction; it sees its own writes. */
export interface Writer<V> extends Reader<V> {
  /** False, and nothing is written, when the key exists. */
  create(key: string, value: V): Promise<boolean>;
  /** Creates or replaces. */
  put(key: string, value: V): Promise<void>;
  /** False when there was none. */
  delete(key: string): Promise<boolean>;
}

/** The kinds of record and their keys. `{name}` parts that IAM compares without case are lower-cased in the key. */
export interface Records {
  /** `{account}/{issuer without https://}` */
  readonly openIDConnectProviders: OpenIDConnectProvider;
  /** `{account}/{lower-cased name}` */
  readonly roles: Role;
  /** `{account}/{lower-cased name}` */
  readonly users: User;
  /** `{account}/{lower-cased name}` */
  readonly groups: Group;
  /** `{account}/{lower-cased group name}/{lower-cased user name}`: who is in a group; `User.groups` is the other way round. */
  readonly groupMembers: GroupMember;
  /** `{account}/{lower-cased name}` */
  readonly instanceProfiles: InstanceProfile;
  /** `{account}/{lower-cased role name}/{lower-cased profile name}`: which profiles hold a role. */
  readonly instanceProfileRoles: NameEntry;
  /** `{account}` → its alias, and `alias/{alias}` → the account that holds it: aliases are unique over all accounts */
  readonly accountAliases: NameEntry;
  /** `{access key id}` */
  readonly accessKeys: AccessKey;
  /** `{policy ARN}`; AWS managed ones are not stored */
  readonly managedPolicies: ManagedPolicy;
  /** `{account}/{lower-cased policy name}` → the policy's ARN: names are unique whatever the path */
  readonly policyNames: NameEntry;
  /**
   * Who holds a managed policy, one row each:
   * `{holder's account}|{policy ARN}|{attached|boundary}|{group|role|user}|{lower-cased name}`.
   * Kept by the operations that attach and detach, in the same transaction.
   */
  readonly policyHolders: PolicyHolder;
  /** `{bucket name}`; bucket names are global */
  readonly buckets: Bucket;
  /** `{organization id}` */
  readonly organizations: Organization;
  /** `{account}` → the id of its organization, the management account's too; an account is in one at most */
  readonly organizationMembers: NameEntry;
  /** `{organization id}/{account}` */
  readonly organizationAccounts: OrganizationAccount;
  /** `{organization id}/{ou id}` */
  readonly organizationalUnits: OrganizationalUnit;
  /** `{organization id}/{parent id}/{ACCOUNT|ORGANIZATIONAL_UNIT}/{child id}` → the child's id */
  readonly organizationChildren: NameEntry;
  /** `{organization id}/{policy id}`; AWS's own are not stored */
  readonly organizationPolicies: OrganizationPolicy;
  /** `{organization id}/{policy type}/{name}` → the policy's id: names are unique within a type */
  readonly organizationPolicyNames: NameEntry;
  /** `{organization id}/{policy id}/{target id}` → the target's id: who has a policy attached, AWS's own too */
  readonly organizationPolicyTargets: NameEntry;
  /** `{organization id}/{create account request id}` */
  readonly accountCreations: AccountCreation;
  /** `accessKey/{id}`, `role/{role id}`, `user/{user id}` */
  readonly lastUses: LastUse;
  /** `{name}`: settings of the installation (root key, key ring), small JSON values */
  readonly settings: Setting;
}

/** One use of a managed policy. */
export interface PolicyHolder {
  readonly policyArn: string;
  readonly use: 'attached' | 'boundary';
  readonly kind: 'group' | 'role' | 'user';
  readonly name: string;
  readonly id: string;
}

/** A row that only leads from its key to a name. */
export interface NameEntry {
  readonly name: string;
}

/** A value that only its owner can read the meaning of. */
export interface Setting {
  readonly value: unknown;
}

/** A reader for each kind of record. */
export type Readers = { readonly [K in keyof Records]: Reader<Records[K]> };
/** A writer for each kind of record. */
export type Writers = { readonly [K in keyof Records]: Writer<Records[K]> };

/** The port. */
export interface State extends Readers {
  /**
   * Grows with every commit that changed something, before the writer is answered: what was read
   * since the number last grew is still what a read would give. For caches of parsed records.
   */
  generation(): number;
  /**
   * Runs `change` alone and commits it, or nothing when it throws; its error is passed on. `change`
   * awaits nothing but its writers (everyone else waits for it), and calls no other `write`.
   */
  write<T>(change: (writers: Writers) => Promise<T>): Promise<T>;
  /**
   * Resolves when no write that had begun before is under way: what is read then was written by those,
   * and what the caller did elsewhere before is there for all later ones. Costs less than a write.
   */
  settled(): Promise<void>;
  close(): Promise<void>;
}
