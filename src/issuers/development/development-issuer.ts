/**
 * The development issuer over HTTP, as a plain function: discovery and keys of every provider, and
 * the ways in which workloads ask: a GitHub runner's protocol (reference oidc-issuers 1.7), Google's
 * metadata server.
 *
 * It lets whoever reaches it name any job: it is for a loopback listener and exists only in `sojourn dev`.
 */
import type { Clock } from '../../base/clock.ts';
import { github } from '../../idp/github.ts';
import { google } from '../../idp/google.ts';
import type { IdentityProvider, MintOptions } from '../../idp/profile.ts';
import { profileNamed } from '../../idp/profiles.ts';
import type { DevelopmentKeys } from './development-keys.ts';
import { discoveryDocument } from './discovery-document.ts';
import { isMetadataPath, metadataAnswer } from './google-metadata.ts';
import { headerOf, notFromHere, only, originOf, refusal, reply } from './issuer-http.ts';
import type { IssuerReply, IssuerRequest } from './issuer-http.ts';
import { readJobRequest } from './job-request.ts';
import type { Fault } from './job-request.ts';
import { mintToken } from './mint-token.ts';
import { SimulatedJobs } from './simulated-jobs.ts';
import { SubjectCustomization } from './subject-customization.ts';

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

const AUDIENCE_LIMIT = 1000;

/**
 * Makes the issuer.
 *
 * @returns the function that answers every request below {@link ISSUER_PATH}; it rejects only when
 *   the key file cannot be read or written
 */
export function developmentIssuer(options: DevelopmentIssuerOptions): (request: IssuerRequest) => Promise<IssuerReply> {
  const jobs = new SimulatedJobs();
  const subjects = new SubjectCustomization();
  const { keys, clock, hosts = [] } = options;
  return async (request) => {
    const [, name = '', ...rest] = request.path.split('/');
    const provider = profileNamed(name);
    if (provider === undefined) return refusal(404, `There is no issuer ${ISSUER_PATH}/${name}.`);
    const below = rest.join('/');
    if (provider === google && isMetadataPath(below)) return metadataAnswer(below, request, keys, hosts, clock.now());
    if (provider === github && subjects.answers(below)) return subjects.answer(below, request, hosts);
    switch (below) {
      case '.well-known/openid-configuration':
        return only('GET', request) ?? discovery(provider, request);
      case '.well-known/jwks':
        return only('GET', request) ?? keySet(provider, keys);
      case 'jobs':
        return only('POST', request) ?? openJob(provider, request, jobs, options);
      case 'idtoken':
        return only('GET', request) ?? idToken(provider, request, jobs, subjects, options);
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
  const refused = notFromHere(request, hosts);
  if (refused !== undefined) return refused;
  const base = baseUrl(provider, request);
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
  subjects: SubjectCustomization,
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
  const options = subjects.applied(job.options);
  const minted = await mintToken(keys, provider, options, { audience: wanted, now: Math.floor(now / 1000) });
  if (minted.kind === 'impossible') return refusal(400, `There is no such token: ${minted.why}.`);
  return reply(200, { count: minted.token.length, value: minted.token }, ['cache-control', 'no-store']);
}

function rehearsed(fault: Fault): IssuerReply {
  return fault === 'no-value' ? reply(200, {}) : refusal(fault, 'This fault was asked for when the job was opened.');
}

/** `http://127.0.0.1:4566/_sojourn/issuer/github`, under the name that the client used. */
function baseUrl(provider: IdentityProvider, request: IssuerRequest): string | undefined {
  const url = originOf(request);
  return url === undefined ? undefined : `${url.origin}${ISSUER_PATH}/${provider.name}`;
}
