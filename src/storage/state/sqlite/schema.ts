/**
 * The state file: one table a kind of record, each row one record as JSON under its key.
 *
 * A new kind of record is a line in {@link TABLES}, a new migration that creates its table, and a
 * line in each list of `record-tables.ts`; the compiler asks for all but the migration.
 */
import type { Schema } from '../../sqlite/database.ts';
import type { Records } from '../state.ts';

/** Kind of record → its table. */
export const TABLES: { readonly [K in keyof Records]: string } = {
  openIDConnectProviders: 'open_id_connect_providers',
  roles: 'roles',
  users: 'users',
  groups: 'groups',
  groupMembers: 'group_members',
  instanceProfiles: 'instance_profiles',
  instanceProfileRoles: 'instance_profile_roles',
  accountAliases: 'account_aliases',
  accessKeys: 'access_keys',
  managedPolicies: 'managed_policies',
  policyNames: 'policy_names',
  policyHolders: 'policy_holders',
  buckets: 'buckets',
  organizations: 'organizations',
  organizationMembers: 'organization_members',
  organizationAccounts: 'organization_accounts',
  organizationalUnits: 'organizational_units',
  organizationChildren: 'organization_children',
  organizationPolicies: 'organization_policies',
  organizationPolicyNames: 'organization_policy_names',
  organizationPolicyTargets: 'organization_policy_targets',
  accountCreations: 'account_creations',
  lastUses: 'last_uses',
  settings: 'settings',
};

const FIRST_TABLES = [
  'open_id_connect_providers',
  'roles',
  'users',
  'groups',
  'group_members',
  'instance_profiles',
  'instance_profile_roles',
  'account_aliases',
  'access_keys',
  'managed_policies',
  'policy_names',
  'policy_holders',
  'buckets',
  'settings',
];

/** The second migration: AWS Organizations. */
const ORGANIZATION_TABLES = [
  'organizations',
  'organization_members',
  'organization_accounts',
  'organizational_units',
  'organization_children',
  'organization_policies',
  'organization_policy_names',
  'organization_policy_targets',
  'account_creations',
];

/** `application_id` is `SOJS` in ASCII. */
export const STATE_SCHEMA: Schema = {
  applicationId: 0x534f4a53,
  migrations: [
    FIRST_TABLES.map(createTable).join('\n'),
    ORGANIZATION_TABLES.map(createTable).join('\n'),
    createTable('last_uses'),
  ],
};

/**
 * A record table: keys in byte order. Records are too large to lie in the key's own B-tree
 * (https://www.sqlite.org/withoutrowid.html 4): counting would read them all.
 */
function createTable(name: string): string {
  return `CREATE TABLE ${name} (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT;`;
}
