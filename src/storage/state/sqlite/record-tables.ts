/** The tables of all kinds of record, as the readers and writers of the port. */
import type { DatabaseSync } from 'node:sqlite';
import type { Reader, Readers, Records, Writer, Writers } from '../state.ts';
import { TableReader, TableWriter, TransactionWriter } from './record-table.ts';
import type { Transaction } from './record-table.ts';
import { TABLES } from './schema.ts';

type Kind = keyof Records;
type TableWriters = { readonly [K in Kind]: TableWriter<Records[K]> };

/** One reader a kind, on a connection that sees committed records only. */
export function prepareReaders(connection: DatabaseSync): Readers {
  const reader = <K extends Kind>(kind: K): Reader<Records[K]> => new TableReader(connection, TABLES[kind]);
  return {
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
    settings: reader('settings'),
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
    settings: writer(tables.settings),
  };
}
