/**
 * The development issuer over HTTP, as a plain function: discovery and keys of every provider, and
 * the protocol by which a GitHub runner asks for a job's token (reference oidc-issuers 1.7).
 *
 * It lets whoever reaches it name any job: it is for a loopback listener and exists only in `sojourn dev`.
 */
import type { Clock } from '../../base/clock.ts';
import type { IdentityProvider, MintOptions } from '../../idp/profile.ts';
import { profileNamed } from '../../idp/profiles.ts';
import type { DevelopmentKeys } from './development-keys.ts';
import { discoveryDocument } from './discovery-document.ts';
import { readJobRequest } from './job-request.ts';
import type { Fault } from './job-request.ts';
import { mintToken } from './mint-token.ts';
import { SimulatedJobs } from './simulated-jobs.ts';

/** A request, its body read whole. */
export interface IssuerRequest {
  readonly method: string;
  /** Below {@link ISSUER_PATH}: `/github/.well-known/jwks`. */
  readonly path: string;
  /** As sent, without `?`. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  /** Whether it came over TLS. */
  readonly secure: boolean;
}

/** The answer; always JSON. */
export interface IssuerReply {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** What the development issuer is made of. */
export interface DevelopmentIssuerOptions {
  readonly keys: DevelopmentKeys;
  readonly clock: Clock;
  /** Host names, without port, under which jobs may be opened beside loopback's; none by default. */
  readonly hosts?: readonly string[];
}

/** Where the listener mounts it. */
export const ISSUER_PATH = '/_sojourn/issuer';

/** Larger bodies need not be read: none is answered. Bytes. */
export const ISSUER_BODY_LIMIT = 65_536;

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const AUDIENCE_LIMIT = 1000;

/**
 * Makes the issuer.
 *
 * @returns the function that answers every request below {@link ISSUER_PATH}; it rejects only when
 *   the key file cannot be read or written
 */
export function developmentIssuer(options: DevelopmentIssuerOptions): (request: IssuerRequest) => Promise<IssuerReply> {
  const jobs = new SimulatedJobs();
  return async (request) => {
    const [, name = '', ...rest] = request.path.split('/');
    const provider = profileNamed(name);
    if (provider === undefined) return refusal(404, `There is no issuer ${ISSUER_PATH}/${name}.`);
    switch (rest.join('/')) {
      case '.well-known/openid-configuration':
        return only('GET', request) ?? discovery(provider, request);
      case '.well-known/jwks':
        return only('GET', request) ?? keySet(provider, options.keys);
      case 'jobs':
        return only('POST', request) ?? openJob(provider, request, jobs, options);
      case 'idtoken':
        return only('GET', request) ?? idToken(provider, request, jobs, options);
      default:
        return refusal(404, `The issuer has no ${request.path}.`);
    }
  };
}

function discovery(provider: IdentityProvider, request: IssuerRequest): IssuerReply {
  const base = baseUrl(provider, request);
  if (base === undefined) return refusal(400, 'The Host header names no host.');
  const options: MintOptions = Object.fromEntries(new URLSearchParams(request.query));
  return reply(200, discoveryDocument(provider, options, `${base}/.well-known/jwks`));
}

/** Not to be kept: a rotation is to be seen at once. */
async function keySet(provider: IdentityProvider, keys: DevelopmentKeys): Promise<IssuerReply> {
  const { published } = await keys.keysOf(provider);
  return reply(200, { keys: published }, ['cache-control', 'no-cache']);
}

/** Answers with the two variables that the runner would set; with none of them when the job may not have a token. */
async function openJob(
  provider: IdentityProvider,
  request: IssuerRequest,
  jobs: SimulatedJobs,
  { keys, clock, hosts = [] }: DevelopmentIssuerOptions,
): Promise<IssuerReply> {
  if (provider.name !== 'github') return refusal(404, 'Only jobs of GitHub ask for their tokens this way.');
  // A page in the developer's browser reaches loopback too. It cannot send this type unasked, and a
  // name of its own that it makes resolve to loopback is not among ours.
  if (!/^application\/json\s*(;|$)/i.test(headerOf(request, 'content-type'))) {
    return refusal(415, 'A job is application/json.');
  }
  const base = baseUrl(provider, request);
  const host = base === undefined ? '' : new URL(base).hostname;
  if (![...LOOPBACK, ...hosts].includes(host)) return refusal(403, 'Jobs are opened under a loopback name only.');
  if (request.body.byteLength > ISSUER_BODY_LIMIT) return refusal(413, 'The job is too large.');
  const job = readJobRequest(request.body);
  if (job.kind === 'bad') return refusal(400, `This is no job: ${job.why}.`);
  const now = clock.now();
  const tried = await mintToken(keys, provider, job.options, { audience: undefined, now: Math.floor(now / 1000) });
  if (tried.kind === 'impossible') return refusal(400, `There is no such job: ${tried.why}.`);
  if (!job.mayHaveToken) return reply(200, {});
  const bearer = jobs.open(provider.name, job.options, job.faults, now);
  if (bearer === undefined) return refusal(429, 'Too many jobs are open.');
  return reply(201, {
    ACTIONS_ID_TOKEN_REQUEST_URL: `${base}/idtoken?api-version=2.0`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer,
  });
}

async function idToken(
  provider: IdentityProvider,
  request: IssuerRequest,
  jobs: SimulatedJobs,
  { keys, clock }: DevelopmentIssuerOptions,
): Promise<IssuerReply> {
  const now = clock.now();
  const bearer = /^bearer ([\w-]{1,100})$/i.exec(headerOf(request, 'authorization'))?.[1];
  const job = bearer === undefined ? undefined : jobs.find(provider.name, bearer, now);
  if (job === undefined) return refusal(401, 'The bearer is not that of a running job.');
  const fault = job.faults.shift();
  if (fault !== undefined) return rehearsed(fault);
  const query = new URLSearchParams(request.query);
  if (query.get('api-version') !== '2.0') return refusal(400, 'The api-version is 2.0.');
  const [audience, ...more] = query.getAll('audience');
  if (more.length > 0) return refusal(400, 'A token has one audience.');
  if (audience !== undefined && audience.length > AUDIENCE_LIMIT) return refusal(400, 'The audience is too long.');
  const wanted = audience === '' ? undefined : audience;
  const minted = await mintToken(keys, provider, job.options, { audience: wanted, now: Math.floor(now / 1000) });
  if (minted.kind === 'impossible') return refusal(400, `There is no such token: ${minted.why}.`);
  return reply(200, { count: minted.token.length, value: minted.token }, ['cache-control', 'no-store']);
}

function rehearsed(fault: Fault): IssuerReply {
  return fault === 'no-value' ? reply(200, {}) : refusal(fault, 'This fault was asked for when the job was opened.');
}

/** `http://127.0.0.1:4566/_sojourn/issuer/github`, under the name that the client used. */
function baseUrl(provider: IdentityProvider, request: IssuerRequest): string | undefined {
  const origin = `${request.secure ? 'https' : 'http'}://${headerOf(request, 'host')}`;
  const url = URL.parse(origin);
  return url !== null && url.origin === origin.toLowerCase()
    ? `${url.origin}${ISSUER_PATH}/${provider.name}`
    : undefined;
}

function headerOf(request: IssuerRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

function only(method: 'GET' | 'POST', request: IssuerRequest): IssuerReply | undefined {
  if (request.method === method || (method === 'GET' && request.method === 'HEAD')) return undefined;
  const { status, headers, body } = refusal(405, `Only ${method} is answered here.`);
  return { status, headers: [...headers, ['allow', method]], body };
}

function refusal(status: number, message: string): IssuerReply {
  return reply(status, { message });
}

function reply(status: number, value: unknown, ...headers: (readonly [string, string])[]): IssuerReply {
  return { status, headers: [['content-type', 'application/json'], ...headers], body: JSON.stringify(value) };
}
