/** The issuers of the world as `serve` and `dev` have them: by the settings, with their state for operators. */
import { readFileSync } from 'node:fs';
import type { IssuerState } from '../../issuers/key-cache.ts';
import { issuerKeys } from '../../issuers/network-issuer-keys.ts';
import type { Gauge } from '../../server/metrics.ts';
import { json, type OwnPage } from '../../server/own-pages.ts';
import { StartError, systemClock } from '../build-sojourn.ts';
import { isLoopback } from '../read-settings.ts';
import type { IssuerParts } from '../run-server.ts';
import type { Settings } from '../settings.ts';

/** What `GET /_sojourn/api/issuers` answers: URLs, times and reasons; no key is in it. */
export interface IssuerList {
  readonly issuers: readonly IssuerState[];
  /** All that are remembered; {@link issuers} is cut. */
  readonly total: number;
}

/** Below `/_sojourn`. */
export const ISSUERS_PAGE = '/api/issuers';
/** Issuers in one answer. */
const LIST_LIMIT = 1000;
/** A proxy that stands on this machine adds one of them: its clients are not on loopback. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/**
 * The issuer port over https, its page and its gauges.
 *
 * @throws StartError when a file of `--issuer-ca` cannot be read or holds no certificate
 */
export function networkIssuers(settings: Settings): IssuerParts {
  const ca = settings.issuerCa.map(readCertificates);
  const keys = issuerKeys({
    clock: systemClock,
    allowedAddresses: settings.allowIssuerAddress,
    ...(ca.length > 0 && { ca }),
    bounds: {
      floorSeconds: settings.issuerKeyMinTtl,
      ceilingSeconds: settings.issuerKeyTtl,
      staleSeconds: settings.issuerKeyStale,
    },
  });
  return { keys, pages: [issuersPage(() => keys.snapshot())], gauges: issuerGauges(() => keys.snapshot()) };
}

/**
 * The page behind `sojourn issuers`. It is for this machine only, asked by a loopback name: a page in
 * a browser whose name was made to point here, or a client behind a proxy, gets a 404.
 */
export function issuersPage(snapshot: () => readonly IssuerState[]): OwnPage {
  return async (path, { http, host }) => {
    const name = URL.parse(`http://${host}`)?.hostname.replace(/^\[(.*)\]$/, '$1') ?? '';
    const proxied = PROXY_HEADERS.some((header) => http.headers[header] !== undefined);
    if (path !== ISSUERS_PAGE || !isLoopback(http.sourceIp) || !isLoopback(name) || proxied) return undefined;
    if (http.method !== 'GET') return json(405, { message: 'Only GET is answered here.' });
    const all = snapshot();
    const list: IssuerList = { issuers: all.slice(-LIST_LIMIT), total: all.length };
    return json(200, list);
  };
}

/** Counts only: an issuer's URL is its tenant's word, and metrics are read by others than tenants. */
export function issuerGauges(snapshot: () => readonly IssuerState[]): readonly Gauge[] {
  const sum = (value: (state: IssuerState) => number): ReadonlyMap<string, number> =>
    new Map([['', snapshot().reduce((total, state) => total + value(state), 0)]]);
  return [
    {
      name: 'sojourn_issuers',
      help: 'Issuers asked for, by the state of their keys: stale ones are served while their issuer is down.',
      type: 'gauge',
      read: () => {
        const states = Map.groupBy(snapshot(), ({ keys }) => keys);
        return new Map(
          (['fresh', 'stale', 'none'] as const).map((keys) => [`keys="${keys}"`, states.get(keys)?.length ?? 0]),
        );
      },
    },
    {
      name: 'sojourn_issuer_last_fetch_failed',
      help: 'Issuers whose last fetch failed.',
      type: 'gauge',
      read: () => sum(({ failure }) => (failure === undefined ? 0 : 1)),
    },
    {
      name: 'sojourn_issuer_fetches',
      help: 'Fetches of the issuers that are remembered.',
      type: 'gauge',
      read: () => sum(({ fetches }) => fetches),
    },
    {
      name: 'sojourn_issuer_fetch_failures',
      help: 'Failed fetches of the issuers that are remembered.',
      type: 'gauge',
      read: () => sum(({ failures }) => failures),
    },
  ];
}

function readCertificates(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new StartError(`The file ${path} of --issuer-ca cannot be read.`);
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new StartError(`The file ${path} of --issuer-ca holds no certificate in PEM.`);
  }
  return text;
}
