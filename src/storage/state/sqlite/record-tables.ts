/** The tables of all kinds of record, as the readers and writers of the port. */
import type { DatabaseSync } from 'node:sqlite';
import type { Reader, Readers, Records, Writer, Writers } from '../state.ts';
import { RememberingReader } from './record-memory.ts';
import { TableWriter, TransactionWriter } from './record-table.ts';
import type { Transaction } from './record-table.ts';
import { TABLES } from './schema.ts';

type Kind = keyof Records;
type TableWriters = { readonly [K in Kind]: TableWriter<Records[K]> };

/** Readers of committed records, and how they learn that some of these have changed. */
export interface CommittedReaders {
  readonly readers: Readers;
  /** To be called in the turn of the commit. */
  readonly forget: (changed: Transaction['changed']) => void;
}

/** One reader a kind, on a connection that sees committed records only. */
export function prepareReaders(connection: DatabaseSync): CommittedReaders {
  const byTable = new Map<string, { forget(key: string): void }>();
  const reader = <K extends Kind>(kind: K): Reader<Records[K]> => {
    const made = new RememberingReader<Records[K]>(connection, TABLES[kind]);
    byTable.set(TABLES[kind], made);
    return made;
  };
  const readers: Readers = {
    openIDConnectProviders: reader('openIDConnectProviders'),
    roles: reader('roles'),
    users: reader('users'),
    groups: reader('groups'),
    groupMembers: reader('groupMembers'),
    instanceProfiles: reader('instanceProfiles'),
    instanceProfileRoles: reader('instanceProfileRoles'),
    accountAliases: reader('accountAliases'),
    accessKeys: reader('accessKeys'),
    managedPolicies: reader('managedPolicies'),
    policyNames: reader('policyNames'),
    policyHolders: reader('policyHolders'),
    buckets: reader('buckets'),
    organizations: reader('organizations'),
    organizationMembers: reader('organizationMembers'),
    organizationAccounts: reader('organizationAccounts'),
    organizationalUnits: reader('organizationalUnits'),
    organizationChildren: reader('organizationChildren'),
    organizationPolicies: reader('organizationPolicies'),
    organizationPolicyNames: reader('organizationPolicyNames'),
    organizationPolicyTargets: reader('organizationPolicyTargets'),
    accountCreations: reader('accountCreations'),
    lastUses: reader('lastUses'),
    settings: reader('settings'),
  };
  return {
    readers,
    forget: (changed) => {
      for (const { table, key } of changed) byTable.get(table)?.forget(key);
    },
  };
}

/**
 * The writers of a transaction, made anew for each one from statements that are prepared once.
 *
 * @param connection one that nothing else uses
 */
export function prepareWriters(connection: DatabaseSync): (transaction: Transaction) => Writers {
  const tables = prepareTables(connection);
  return (transaction) => writersOf(tables, transaction);
}

function prepareTables(connection: DatabaseSync): TableWriters {
  const table = <K extends Kind>(kind: K): TableWriter<Records[K]> => new TableWriter(connection, TABLES[kind]);
  return {
    openIDConnectProviders: table('openIDConnectProviders'),
    roles: table('roles'),
    users: table('users'),
    groups: table('groups'),
    groupMembers: table('groupMembers'),
    instanceProfiles: table('instanceProfiles'),
    instanceProfileRoles: table('instanceProfileRoles'),
    accountAliases: table('accountAliases'),
    accessKeys: table('accessKeys'),
    managedPolicies: table('managedPolicies'),
    policyNames: table('policyNames'),
    policyHolders: table('policyHolders'),
    buckets: table('buckets'),
    organizations: table('organizations'),
    organizationMembers: table('organizationMembers'),
    organizationAccounts: table('organizationAccounts'),
    organizationalUnits: table('organizationalUnits'),
    organizationChildren: table('organizationChildren'),
    organizationPolicies: table('organizationPolicies'),
    organizationPolicyNames: table('organizationPolicyNames'),
    organizationPolicyTargets: table('organizationPolicyTargets'),
    accountCreations: table('accountCreations'),
    lastUses: table('lastUses'),
    settings: table('settings'),
  };
}

function writersOf(tables: TableWriters, transaction: Transaction): Writers {
  const writer = <V>(table: TableWriter<V>): Writer<V> => new TransactionWriter(table, transaction);
  return {
    openIDConnectProviders: writer(tables.openIDConnectProviders),
    roles: writer(tables.roles),
    users: writer(tables.users),
    groups: writer(tables.groups),
    groupMembers: writer(tables.groupMembers),
    instanceProfiles: writer(tables.instanceProfiles),
    instanceProfileRoles: writer(tables.instanceProfileRoles),
    accountAliases: writer(tables.accountAliases),
    accessKeys: writer(tables.accessKeys),
    managedPolicies: writer(tables.managedPolicies),
    policyNames: writer(tables.policyNames),
    policyHolders: writer(tables.policyHolders),
    buckets: writer(tables.buckets),
    organizations: writer(tables.organizations),
    organizationMembers: writer(tables.organizationMembers),
    organizationAccounts: writer(tables.organizationAccounts),
    organizationalUnits: writer(tables.organizationalUnits),
    organizationChildren: writer(tables.organizationChildren),
    organizationPolicies: writer(tables.organizationPolicies),
    organizationPolicyNames: writer(tables.organizationPolicyNames),
    organizationPolicyTargets: writer(tables.organizationPolicyTargets),
    accountCreations: writer(tables.accountCreations),
    lastUses: writer(tables.lastUses),
    settings: writer(tables.settings),
  };
}
