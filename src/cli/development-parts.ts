/** What `sojourn dev` has and `serve` does not: local keys pinned to the known issuers, and the issuer's pages. */
import { DevelopmentKeys } from '../issuers/development/development-keys.ts';
import { developmentIssuer, ISSUER_BODY_LIMIT } from '../issuers/development/development-issuer.ts';
import type { KeyFile } from '../issuers/development/key-file.ts';
import { developmentIssuerKeys } from '../issuers/development/pinned-issuer-keys.ts';
import type { OwnPage } from '../server/own-pages.ts';
import { systemClock } from './build-sojourn.ts';
import { readJsonFile, writeJsonFile, type DataDirectory } from './data-directory.ts';
import { networkIssuers } from './issuer/network-issuers.ts';
import type { IssuerParts } from './run-server.ts';
import type { Settings } from './settings.ts';

const MOUNT = '/issuer';

/** The development issuer's keys in their file, made when first needed. */
export function loadDevelopmentKeys(directory: DataDirectory): Promise<DevelopmentKeys> {
  const file: KeyFile = {
    load: async () => readJsonFile(directory.issuerKeys),
    save: async (value) => writeJsonFile(directory.issuerKeys, value),
  };
  return DevelopmentKeys.open(file);
}

/** The issuer port and the pages of `sojourn dev`. */
export async function developmentParts(directory: DataDirectory, settings: Settings): Promise<IssuerParts> {
  const keys = await loadDevelopmentKeys(directory);
  const network = networkIssuers(settings);
  const answer = developmentIssuer({ keys, clock: systemClock });
  const page: OwnPage = async (path, incoming) => {
    if (!path.startsWith(`${MOUNT}/`)) return undefined;
    const body = await incoming.wholeBody(ISSUER_BODY_LIMIT);
    if (body === 'tooLarge') return { status: 413, headers: [], body: undefined };
    return answer({
      method: incoming.http.method,
      path: path.slice(MOUNT.length),
      query: incoming.rawQuery,
      headers: incoming.http.headers,
      body,
      secure: incoming.http.secure,
    });
  };
  return { ...network, keys: developmentIssuerKeys(keys, network.keys), pages: [page, ...network.pages] };
}
