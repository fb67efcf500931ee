/**
 * Every setting of `sojourn serve` and `sojourn dev`: one row says its flag, its environment
 * variable, its key in the YAML file, what it means and how its text is read. The reference in
 * docs/ is generated from this table.
 */
import { BlockList, isIP } from 'node:net';
import { isAccountId, type AccountId } from '../base/arn.ts';
import { isIssuerUrl, readClaimToTag } from './issuer/claim-to-tag-row.ts';

/** The settings, read and checked. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** Directory that holds state, objects, keys and the audit log. */
  readonly data: string;
  readonly account: AccountId;
  readonly region: string;
  readonly rootAccessKeyId: string | undefined;
  readonly rootSecretAccessKey: string | undefined;
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
  /** CIDR blocks in which issuers may live although they are private. */
  readonly allowIssuerAddress: readonly string[];
  /** PEM files with further roots that issuers' certificates may end in. */
  readonly issuerCa: readonly string[];
  /** Longest time that an issuer's keys are held, seconds. */
  readonly issuerKeyTtl: number;
  /** Seconds; at most {@link issuerKeyTtl}. */
  readonly issuerKeyMinTtl: number;
  /** For how long keys are served beyond that while their issuer is down, seconds. */
  readonly issuerKeyStale: number;
  /** Issuers, without `https://`, whose tokens are good for one session only. */
  readonly refuseTokenReuse: readonly string[];
  readonly accountQuotas: boolean;
  /** Rows as {@link readClaimToTag} reads them. */
  readonly claimsToTags: readonly string[];
  /** Where others reach this Sojourn, without a slash at the end; undefined: where it listens. */
  readonly publicUrl: string | undefined;
  readonly s3Domain: string;
  readonly auditLog: string | undefined;
  readonly insecurePlaintextBeyondLoopback: boolean;
}

/** How one setting is given. Flag `--{name}`, variable `SOJOURN_{NAME}`, YAML key `{name}`. */
export interface SettingRow {
  readonly name: string;
  readonly value: string;
  readonly help: string;
  readonly default: string | undefined;
  readonly kind: 'text' | 'flag' | 'list';
  readonly secret?: true;
  /** A sentence saying what is wrong with `text`, or undefined. */
  readonly problem: (text: string) => string | undefined;
}

const anything = (): undefined => undefined;

/** The rows, in the order of the help text. */
export const SETTINGS: readonly SettingRow[] = [
  {
    name: 'host',
    value: 'ADDRESS',
    help: 'Address to listen on. Beyond loopback TLS is required.',
    default: '127.0.0.1',
    kind: 'text',
    problem: (text) => (text === 'localhost' || isIP(text) > 0 ? undefined : 'is not an IP address'),
  },
  {
    name: 'port',
    value: 'PORT',
    help: 'Port to listen on; 0 takes a free one.',
    default: '4566',
    kind: 'text',
    problem: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? undefined : 'is not a port (0 to 65535)'),
  },
  {
    name: 'data',
    value: 'DIR',
    help: 'Directory for state, objects, keys and the audit log; made when it is not there.',
    default: '.sojourn',
    kind: 'text',
    problem: (text) => (text === '' ? 'is empty' : undefined),
  },
  {
    name: 'account',
    value: 'ID',
    help: 'Account of the root user: twelve digits.',
    default: '000000000000',
    kind: 'text',
    problem: (text) => (isAccountId(text) ? undefined : 'is not an account id (twelve digits)'),
  },
  {
    name: 'region',
    value: 'REGION',
    help: 'Region that Sojourn says it is in. Clients may sign for any region.',
    default: 'us-east-1',
    kind: 'text',
    problem: (text) => (/^[a-z0-9-]{2,32}$/.test(text) ? undefined : 'is not a region name'),
  },
  {
    name: 'root-access-key-id',
    value: 'KEYID',
    help: "The root user's access key id. Made at the first start when not given.",
    default: undefined,
    kind: 'text',
    problem: (text) =>
      /^\w{16,128}$/.test(text) ? undefined : 'is not an access key id (16 to 128 letters and digits)',
  },
  {
    name: 'root-secret-access-key',
    value: 'SECRET',
    help: "The root user's secret access key. Other users of the machine can see flags: prefer the file.",
    default: undefined,
    kind: 'text',
    secret: true,
    problem: (text) =>
      text.length >= 16 && text.length <= 256 ? undefined : 'has fewer than 16 or more than 256 characters',
  },
  {
    name: 'root-secret-access-key-file',
    value: 'FILE',
    help: "File that holds the root user's secret access key on one line.",
    default: undefined,
    kind: 'text',
    problem: anything,
  },
  {
    name: 'tls-cert',
    value: 'FILE',
    help: 'PEM file with the certificate chain; needs --tls-key.',
    default: undefined,
    kind: 'text',
    problem: anything,
  },
  {
    name: 'tls-key',
    value: 'FILE',
    help: 'PEM file with the private key of --tls-cert.',
    default: undefined,
    kind: 'text',
    problem: anything,
  },
  {
    name: 'allow-issuer-address',
    value: 'CIDR',
    help: 'Issuers in this block may be fetched although it is private or loopback; repeatable.',
    default: undefined,
    kind: 'list',
    problem: (text) => (isCidr(text) ? undefined : 'is not an address block such as 10.0.0.0/8 or fd00::/8'),
  },
  {
    name: 'issuer-ca',
    value: 'FILE',
    help: 'PEM file with certificates that issuers are trusted under beside the public roots; repeatable.',
    default: undefined,
    kind: 'list',
    problem: (text) => (text === '' ? 'is empty' : undefined),
  },
  {
    name: 'issuer-key-ttl',
    value: 'SECONDS',
    help: "Longest time that an issuer's keys are held, whatever it says: a withdrawn key is gone by then.",
    default: '3600',
    kind: 'text',
    problem: (text) => (isSeconds(text, 60, 86_400) ? undefined : 'is not a number of seconds from 60 to 86400'),
  },
  {
    name: 'issuer-key-min-ttl',
    value: 'SECONDS',
    help: "Shortest time that an issuer's keys are held, unless it says that they may not be kept.",
    default: '60',
    kind: 'text',
    problem: (text) => (isSeconds(text, 2, 86_400) ? undefined : 'is not a number of seconds from 2 to 86400'),
  },
  {
    name: 'issuer-key-stale',
    value: 'SECONDS',
    help: 'How long keys are served beyond their time while their issuer cannot be reached.',
    default: '3600',
    kind: 'text',
    problem: (text) => (isSeconds(text, 0, 604_800) ? undefined : 'is not a number of seconds from 0 to 604800'),
  },
  {
    name: 'refuse-token-reuse',
    value: 'ISSUER',
    help: 'Tokens of this issuer are good for one session: a second use of a jti is refused (AWS allows it); repeatable.',
    default: undefined,
    kind: 'list',
    problem: (text) => (isIssuerUrl(text) ? undefined : 'is not an issuer such as https://gitlab.com'),
  },
  {
    name: 'claims-to-tags',
    value: 'ROW',
    help: "Makes a session tag of a claim: 'ISSUER CLAIM=TAG' or 'ISSUER CLAIM=TAG transitive' (AWS has no such thing); repeatable.",
    default: undefined,
    kind: 'list',
    problem: (text) =>
      readClaimToTag(text) === undefined ? "is not a row such as 'https://gitlab.com project_path=project'" : undefined,
  },
  {
    name: 'account-quotas',
    value: '',
    help: "Holds every account to AWS's default quotas: 1,000 roles, 5,000 users, 300 groups, 1,500 policies, 1,000 instance profiles.",
    default: undefined,
    kind: 'flag',
    problem: (text) => (['true', 'false'].includes(text) ? undefined : 'is neither true nor false'),
  },
  {
    name: 'public-url',
    value: 'URL',
    help: 'Where others reach this Sojourn; tokens of GetWebIdentityToken name an issuer below it (default: where it listens).',
    default: undefined,
    kind: 'text',
    problem: (text) => (isBaseUrl(text) ? undefined : 'is not a URL such as https://sojourn.example.com'),
  },
  {
    name: 's3-domain',
    value: 'DOMAIN',
    help: 'Host name under which buckets are addressed as BUCKET.DOMAIN.',
    default: 's3.localhost',
    kind: 'text',
    problem: (text) => (/^[a-z0-9.-]{1,253}$/.test(text) ? undefined : 'is not a host name'),
  },
  {
    name: 'audit-log',
    value: 'FILE',
    help: 'File for audit events, one JSON object a line (default: audit.jsonl in --data).',
    default: undefined,
    kind: 'text',
    problem: anything,
  },
  {
    name: 'insecure-plaintext-beyond-loopback',
    value: '',
    help: 'Listen without TLS where others can read along. Only behind a proxy that speaks TLS.',
    default: undefined,
    kind: 'flag',
    problem: (text) => (['true', 'false'].includes(text) ? undefined : 'is neither true nor false'),
  },
];

/** `SOJOURN_ROOT_ACCESS_KEY_ID` for `root-access-key-id`. */
export function variableOf(name: string): string {
  return `SOJOURN_${name.toUpperCase().replaceAll('-', '_')}`;
}

function isSeconds(text: string, least: number, most: number): boolean {
  return /^\d{1,7}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

/** An issuer has neither query nor fragment (OpenID Connect Discovery 1.0 section 4); a port is fine here. */
function isBaseUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return false;
  return url.username === '' && url.password === '' && !/[?#]/.test(text) && !text.endsWith('/');
}

function isCidr(text: string): boolean {
  const [address, prefix, ...rest] = text.split('/');
  if (address === undefined || prefix === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return false;
  const family = isIP(address);
  if (family === 0 || Number(prefix) > (family === 4 ? 32 : 128)) return false;
  new BlockList().addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
  return true;
}
