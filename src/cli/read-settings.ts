/** Flags over variables over the YAML file over defaults, all checked before anything starts. */
import { isIP } from 'node:net';
import { parse as parseYaml } from 'yaml';
import { isAccountId } from '../base/arn.ts';
import { SETTINGS, variableOf, type SettingRow, type Settings } from './settings.ts';

/** Where the texts come from; files are read through `readFile` so that a missing one becomes a sentence. */
export interface SettingSources {
  readonly flags: Readonly<Record<string, readonly string[] | undefined>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path of the YAML file, when one was named. */
  readonly config: string | undefined;
  /** Text of a file; throws when it cannot be read. */
  readonly readFile: (path: string) => string;
}

/** The settings, or all that is wrong with them. */
export type SettingsAnswer =
  | { readonly kind: 'settings'; readonly settings: Settings }
  /** Each a whole sentence; secrets are never quoted. */
  | { readonly kind: 'problems'; readonly problems: readonly string[] };

/** All problems at once, so that a file is mended in one go. */
export function readSettings(sources: SettingSources): SettingsAnswer {
  const problems: string[] = [];
  const file = configFile(sources, problems);
  refuseUnknownVariables(sources.env, problems);
  const texts = new Map<string, readonly string[]>();
  for (const row of SETTINGS) {
    const given = chosen(row, sources, file);
    if (given === undefined) continue;
    texts.set(row.name, given.texts);
    for (const text of given.texts) {
      const problem = row.problem(text);
      if (problem !== undefined) problems.push(`${given.from} ${row.secret ? '' : `'${text}' `}${problem}.`);
    }
  }
  const settings = assemble(texts, sources, problems);
  return problems.length > 0 || settings === undefined
    ? { kind: 'problems', problems }
    : { kind: 'settings', settings };
}

interface Given {
  readonly texts: readonly string[];
  /** `--port`, `SOJOURN_PORT`, `port in sojourn.yaml`: for messages. */
  readonly from: string;
}

function chosen(
  row: SettingRow,
  sources: SettingSources,
  file: ReadonlyMap<string, readonly string[]>,
): Given | undefined {
  const flag = sources.flags[row.name];
  if (flag !== undefined) return { texts: flag, from: `--${row.name}` };
  const variable = sources.env[variableOf(row.name)];
  if (variable !== undefined) {
    return {
      texts: row.kind === 'list' ? variable.split(',').map((text) => text.trim()) : [variable],
      from: variableOf(row.name),
    };
  }
  const inFile = file.get(row.name);
  if (inFile !== undefined) return { texts: inFile, from: `${row.name} in ${sources.config ?? ''}` };
  return row.default === undefined ? undefined : { texts: [row.default], from: row.name };
}

function configFile(sources: SettingSources, problems: string[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const { config } = sources;
  if (config === undefined) return found;
  let document: unknown;
  try {
    document = parseYaml(sources.readFile(config));
  } catch (error) {
    problems.push(
      `The configuration file ${config} cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : ''}.`,
    );
    return found;
  }
  if (document === null || document === undefined) return found;
  if (typeof document !== 'object' || Array.isArray(document)) {
    problems.push(`The configuration file ${config} is not a mapping of settings.`);
    return found;
  }
  for (const [name, value] of Object.entries(document)) {
    const row = SETTINGS.find((candidate) => candidate.name === name);
    if (row === undefined) {
      problems.push(`${config} has the unknown setting '${name}'.${suggestion(name)}`);
      continue;
    }
    const texts = texted(value, row);
    if (texts === undefined)
      problems.push(`${name} in ${config} is not ${row.kind === 'list' ? 'a list of texts' : 'a single value'}.`);
    else found.set(name, texts);
  }
  return found;
}

function texted(value: unknown, row: SettingRow): readonly string[] | undefined {
  const values: readonly unknown[] = row.kind === 'list' && Array.isArray(value) ? value : [value];
  const texts = values.flatMap((one) =>
    typeof one === 'string' ? [one] : typeof one === 'number' || typeof one === 'boolean' ? [String(one)] : [],
  );
  return texts.length === values.length ? texts : undefined;
}

function refuseUnknownVariables(env: SettingSources['env'], problems: string[]): void {
  const known = new Set([...SETTINGS.map((row) => variableOf(row.name)), 'SOJOURN_CONFIG', 'SOJOURN_ENDPOINT']);
  for (const name of Object.keys(env)) {
    if (name.startsWith('SOJOURN_') && !known.has(name)) {
      problems.push(
        `The variable ${name} is not a setting.${suggestion(name.slice(8).toLowerCase().replaceAll('_', '-'))}`,
      );
    }
  }
}

/** ` Did you mean 'port'?` for a name within two letters of a setting. */
export function suggestion(name: string, names: readonly string[] = SETTINGS.map((row) => row.name)): string {
  const near = names.find((candidate) => distance(candidate, name.slice(0, 64)) <= 2);
  return near === undefined ? '' : ` Did you mean '${near}'?`;
}

/** Levenshtein distance; both texts are short. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function assemble(
  texts: ReadonlyMap<string, readonly string[]>,
  sources: SettingSources,
  problems: string[],
): Settings | undefined {
  const one = (name: string): string | undefined => texts.get(name)?.[0];
  const host = one('host') ?? '';
  const tls = one('tls-cert') !== undefined;
  if (tls !== (one('tls-key') !== undefined))
    problems.push('--tls-cert and --tls-key go together: give both or neither.');
  if (Number(one('issuer-key-min-ttl')) > Number(one('issuer-key-ttl'))) {
    problems.push('--issuer-key-min-ttl is longer than --issuer-key-ttl.');
  }
  const plaintextAccepted = one('insecure-plaintext-beyond-loopback') === 'true';
  if (!tls && !plaintextAccepted && !isLoopback(host)) {
    problems.push(
      `Without TLS anyone between the client and ${host} could read credentials: give --tls-cert and --tls-key, listen on 127.0.0.1, or accept the risk with --insecure-plaintext-beyond-loopback.`,
    );
  }
  const secret = rootSecret(one, sources, problems);
  if ((one('root-access-key-id') === undefined) !== (secret === undefined)) {
    problems.push('--root-access-key-id and the secret access key go together: give both or neither.');
  }
  const account = one('account') ?? '';
  if (!isAccountId(account)) return undefined;
  return {
    host,
    port: Number(one('port')),
    data: one('data') ?? '',
    account,
    region: one('region') ?? '',
    rootAccessKeyId: one('root-access-key-id'),
    rootSecretAccessKey: secret,
    tlsCert: one('tls-cert'),
    tlsKey: one('tls-key'),
    allowIssuerAddress: texts.get('allow-issuer-address') ?? [],
    issuerCa: texts.get('issuer-ca') ?? [],
    issuerKeyTtl: Number(one('issuer-key-ttl')),
    issuerKeyMinTtl: Number(one('issuer-key-min-ttl')),
    issuerKeyStale: Number(one('issuer-key-stale')),
    refuseTokenReuse: (texts.get('refuse-token-reuse') ?? []).map((issuer) => issuer.replace(/^https:\/\//, '')),
    claimsToTags: texts.get('claims-to-tags') ?? [],
    accountQuotas: one('account-quotas') === 'true',
    publicUrl: one('public-url'),
    s3Domain: one('s3-domain') ?? '',
    auditLog: one('audit-log'),
    insecurePlaintextBeyondLoopback: plaintextAccepted,
  };
}

function rootSecret(
  one: (name: string) => string | undefined,
  sources: SettingSources,
  problems: string[],
): string | undefined {
  const path = one('root-secret-access-key-file');
  if (path === undefined) return one('root-secret-access-key');
  if (one('root-secret-access-key') !== undefined) {
    problems.push('The root secret access key is given twice: as a value and as a file.');
  }
  try {
    const secret = sources.readFile(path).trim();
    if (secret.length < 16 || secret.length > 256) {
      problems.push(`The file ${path} does not hold a secret access key of 16 to 256 characters.`);
    }
    return secret;
  } catch {
    problems.push(`The file ${path} of --root-secret-access-key-file cannot be read.`);
    return undefined;
  }
}

/** Whether only this machine can reach a listener there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
