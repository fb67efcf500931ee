/** Runs a built Sojourn until a signal: listen, say where, drain, close. What `dev` and `serve` share. */
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Clock } from '../base/clock.ts';
import { openAuditLog, type AuditLog } from '../server/audit-log.ts';
import { listen, type RunningServer } from '../server/listener.ts';
import { Metrics, type Gauge } from '../server/metrics.ts';
import type { OwnPage } from '../server/own-pages.ts';
import { auditLogPath, buildSojourn, StartError, type BuiltSojourn } from './build-sojourn.ts';
import { openDataDirectory, type DataDirectory } from './data-directory.ts';
import type { IssuerKeys } from '../issuers/issuer-keys.ts';
import { keepLastUses } from './keep-last-uses.ts';
import type { Settings } from './settings.ts';

/** The issuer port, and what of it can be looked at. */
export interface IssuerParts {
  readonly keys: IssuerKeys;
  readonly pages: readonly OwnPage[];
  readonly gauges?: readonly Gauge[];
}

/** A server that listens. */
export interface StartedServer {
  readonly url: string;
  readonly built: BuiltSojourn;
  readonly directory: DataDirectory;
  /** Finishes the calls in flight, then closes files. */
  readonly stop: () => Promise<void>;
}

/**
 * Opens the data, listens and answers where.
 *
 * @param issuerParts makes the issuer port and what belongs to it, once the directory is open
 * @param clock the system's when left out
 * @throws StartError, or the system's error (port in use, unreadable certificate)
 */
export async function startServer(
  settings: Settings,
  issuerParts: (directory: DataDirectory) => Promise<IssuerParts>,
  report: (line: string) => void,
  clock?: Clock,
): Promise<StartedServer> {
  // First: a wrong file must not leave a data directory behind.
  const tls = tlsOf(settings);
  const directory = openDataDirectory(settings.data);
  const { keys, pages, gauges = [] } = await issuerParts(directory);
  const listening: { url?: string } = {};
  const publicUrl = (): string => settings.publicUrl ?? listening.url ?? '';
  const built = await buildSojourn(settings, directory, keys, publicUrl, clock);
  let audit: AuditLog | undefined;
  let server: RunningServer;
  try {
    audit = openAuditLog(auditLogPath(settings, directory));
    server = await listen(
      { sojourn: built.sojourn, audit, metrics: new Metrics(gauges), s3Domain: settings.s3Domain, report },
      {
        host: settings.host,
        port: settings.port,
        tls,
        pages,
      },
    );
  } catch (error) {
    audit?.close();
    await built.close();
    throw error;
  }
  const log = audit;
  listening.url = server.url;
  const stopKeeping = keepLastUses(built.sojourn.lastUses, report);
  return {
    url: server.url,
    built,
    directory,
    stop: async () => {
      await server.drain();
      await stopKeeping();
      log.close();
      await built.close();
    },
  };
}

/** The files, which are tried here: what TLS itself says of others names neither. */
function tlsOf({ tlsCert, tlsKey }: Settings): { readonly cert: Buffer; readonly key: Buffer } | undefined {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  const files = { cert: readFileSync(tlsCert), key: readFileSync(tlsKey) };
  try {
    createSecureContext(files);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    throw new StartError(`--tls-cert ${tlsCert} and --tls-key ${tlsKey} are no certificate and key in PEM: ${why}.`);
  }
  return files;
}

/** Resolves at the first SIGTERM or SIGINT; a second one ends the process at once. */
export function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.once('SIGTERM', () => process.exit(1));
      process.once('SIGINT', () => process.exit(1));
      resolve();
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  });
}
