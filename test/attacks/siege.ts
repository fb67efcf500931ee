/**
 * A real Sojourn under siege: its server over HTTP on real storage, issuers over real https with the
 * names that they have in the world, a clock that can be moved. Only names and ports are redirected.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { issuerGauges, issuersPage } from '../../src/cli/issuer/network-issuers.ts';
import { callQuery, elementText, type ApiAnswer } from '../../src/cli/api-client.ts';
import { readSettings } from '../../src/cli/read-settings.ts';
import { startServer, type StartedServer } from '../../src/cli/run-server.ts';
import { makeIdentity, type Identity } from '../../src/issuers/certificates.ts';
import type { KeyCacheBounds } from '../../src/issuers/key-cache.ts';
import { issuerKeys, type NetworkIssuerKeys } from '../../src/issuers/network-issuer-keys.ts';
import {
  json,
  rsaSigningKey,
  startIssuer,
  testIntermediate,
  testRoot,
  type Answer,
  type HttpsIssuer,
  type SigningKey,
} from '../../src/issuers/testing/https-issuer.ts';
import { forgedToken, signedBy } from './forged-token.ts';
import type { Refusal } from './refusals.ts';

export * from './refusals.ts';

export const ACCOUNT = '000000000000';
export const ISSUER = 'https://issuer.example';
export const AUDIENCE = 'sts.amazonaws.com';
export const SUBJECT = 'repo:my-org/my-repo:ref:refs/heads/main';

/** An issuer on this machine that answers under its own name. */
export interface SiegeIssuer {
  /** `iss`, with `https://`. */
  readonly url: string;
  /** Path → answer. */
  readonly routes: Map<string, Answer>;
  /** The paths asked for, in order. */
  readonly asked: string[];
  /** Serves discovery, and these keys. */
  serve(keys: readonly SigningKey[], cacheControl?: string): void;
  /** Serves discovery, and this as the key set. */
  serveJwks(jwks: unknown, cacheControl?: string): void;
}

/** What an AssumeRoleWithWebIdentity came to. */
export interface Outcome {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** `SubjectFromWebIdentityToken` when it was let in. */
  readonly subject: string | undefined;
  readonly answer: ApiAnswer;
}

export interface SiegeOptions {
  readonly flags?: Readonly<Record<string, readonly string[]>>;
  /** Where issuers may be fetched from; this machine when left out. */
  readonly allowedAddresses?: readonly string[];
  readonly bounds?: Partial<KeyCacheBounds>;
  readonly timeoutMilliseconds?: number;
  /** Whether {@link ISSUER} is there, with a provider and the role `deploy`. */
  readonly empty?: true;
}

export class Siege {
  /** The signing key of {@link ISSUER}. */
  readonly key: SigningKey = rsaSigningKey('main');
  readonly keys: NetworkIssuerKeys;
  /** Host → addresses beyond this machine's. */
  readonly addresses = new Map<string, readonly (readonly string[])[]>();
  /** The hosts that were looked up, in order. */
  readonly lookedUp: string[] = [];
  readonly directory: string = mkdtempSync(join(tmpdir(), 'sojourn-siege-'));
  readonly #hosts = new Map<string, HttpsIssuer>();
  readonly #ends: (() => unknown)[] = [];
  #stopped: number | undefined;
  #offset = 0;
  #server: StartedServer | undefined;

  constructor(options: SiegeOptions) {
    this.keys = issuerKeys({
      clock: { now: () => this.now() },
      allowedAddresses: options.allowedAddresses ?? ['127.0.0.1'],
      ca: [testRoot.pem],
      resolve: (host) => this.#resolve(host),
      portOf: (url) => this.#hosts.get(url.hostname)?.port ?? Number(url.port === '' ? 443 : url.port),
      ...(options.bounds && { bounds: options.bounds }),
      ...(options.timeoutMilliseconds !== undefined && { timeoutMilliseconds: options.timeoutMilliseconds }),
    });
    this.#ends.push(() => rmSync(this.directory, { recursive: true, force: true }));
  }

  async start(options: SiegeOptions): Promise<void> {
    const flags = { port: ['0'], data: [this.directory], account: [ACCOUNT], ...options.flags };
    const read = readSettings({ flags, env: {}, config: undefined, readFile: (path) => readFileSync(path, 'utf8') });
    assert.ok(read.kind === 'settings', read.kind === 'problems' ? read.problems.join('\n') : '');
    const snapshot = () => this.keys.snapshot();
    const parts = async () => ({ keys: this.keys, pages: [issuersPage(snapshot)], gauges: issuerGauges(snapshot) });
    const server = await startServer(read.settings, parts, console.error, { now: () => this.now() });
    this.#server = server;
    this.#ends.unshift(() => server.stop());
  }

  get server(): StartedServer {
    assert.ok(this.#server !== undefined, 'the siege has not begun');
    return this.#server;
  }

  /** The server's clock, milliseconds since the epoch. */
  now(): number {
    return this.#stopped ?? Date.now() + this.#offset;
  }

  /** The same in seconds. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** Moves the server's clock. */
  pass(seconds: number): void {
    if (this.#stopped === undefined) this.#offset += seconds * 1000;
    else this.#stopped += seconds * 1000;
  }

  /** Stops the server's clock at the beginning of this second. */
  stopClock(): number {
    this.#stopped = Math.floor(this.now() / 1000) * 1000;
    return this.#stopped / 1000;
  }

  /** The port of a host's server, for those who are not Sojourn. */
  portOf(host: string): number {
    return this.#hosts.get(host)?.port ?? 0;
  }

  /** Starts an issuer under this URL's name; several URLs of one host are issuers of their own there.
   *
   * @param leaf its certificate; one that is trusted when left out
   */
  async issuer(url: string, leaf?: Identity): Promise<SiegeIssuer> {
    const { hostname, pathname } = new URL(url);
    const path = pathname === '/' ? '' : pathname.replace(/\/$/, '');
    const server = this.#hosts.get(hostname) ?? (await this.#startHost(hostname, leaf));
    const { routes, asked } = server;
    const serveJwks = (jwks: unknown, cacheControl?: string): void => {
      routes.set(
        `${path}/.well-known/openid-configuration`,
        json({ issuer: url, jwks_uri: `https://${hostname}${path}/jwks` }),
      );
      routes.set(`${path}/jwks`, json(jwks, cacheControl));
    };
    const serve = (keys: readonly SigningKey[], cacheControl?: string): void =>
      serveJwks({ keys: keys.map(({ jwk }) => jwk) }, cacheControl);
    return { url, routes, asked, serve, serveJwks };
  }

  /** One signed call of IAM as root; it must succeed. */
  async iam(action: string, parameters: Readonly<Record<string, string>>): Promise<ApiAnswer> {
    const credentials = this.server.built.sojourn.rootAccessKey;
    const answer = await callQuery(
      {
        endpoint: this.server.url,
        region: 'us-east-1',
        credentials: { ...credentials, sessionToken: undefined },
        now: this.now(),
      },
      'iam',
      action,
      parameters,
    );
    assert.equal(answer.status, 200, `${action}: ${answer.body}`);
    return answer;
  }

  /** Registers an issuer; with a thumbprint, so that it is not asked for its own. */
  async provider(url: string, clientIds: readonly string[] = [AUDIENCE]): Promise<void> {
    await this.iam('CreateOpenIDConnectProvider', {
      Url: url,
      'ThumbprintList.member.1': '0'.repeat(40),
      ...Object.fromEntries(clientIds.map((id, index) => [`ClientIDList.member.${index + 1}`, id])),
    });
  }

  /** A role that trusts the provider of `url` under these conditions; its ARN. */
  async role(
    name: string,
    url: string,
    condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
    action: unknown = 'sts:AssumeRoleWithWebIdentity',
  ): Promise<string> {
    // A built-in provider is named by its bare domain.
    const Federated = url.startsWith('https://') ? providerArn(url) : url;
    const statement = { Effect: 'Allow', Principal: { Federated }, Action: action, Condition: condition };
    await this.iam('CreateRole', {
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
    return roleArn(name);
  }

  /** Good claims of {@link ISSUER}, changed; a claim that is undefined is left out. */
  claims(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    const now = this.seconds();
    return { iss: ISSUER, sub: SUBJECT, aud: AUDIENCE, iat: now, exp: now + 300, jti: crypto.randomUUID(), ...change };
  }

  /** A token of {@link ISSUER}, signed RS256 by its key unless told otherwise. */
  token(
    claims: Readonly<Record<string, unknown>> = {},
    header: Readonly<Record<string, unknown>> = {},
    key: SigningKey = this.key,
  ): string {
    return forgedToken(
      { typ: 'JWT', alg: 'RS256', kid: 'main', ...header },
      this.claims(claims),
      signedBy(key.privateKey),
    );
  }

  /** Exchanges a token, as it is. */
  async assume(token: string, role = 'deploy', more: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const answer = await callQuery(
      { endpoint: this.server.url, region: 'us-east-1', credentials: undefined },
      'sts',
      'AssumeRoleWithWebIdentity',
      { RoleArn: roleArn(role), RoleSessionName: 'attack', WebIdentityToken: token, ...more },
    );
    return {
      status: answer.status,
      code: elementText(answer, 'Code'),
      message: elementText(answer, 'Message'),
      subject: elementText(answer, 'SubjectFromWebIdentityToken'),
      answer,
    };
  }

  /** The token must open the role: what shows that a refusal beside it has the reason that it seems to have. */
  async letIn(token: string, role?: string): Promise<Outcome> {
    const outcome = await this.assume(token, role);
    assert.equal(outcome.status, 200, `not let in: ${outcome.code}: ${outcome.message} (${this.detail(outcome)})`);
    assert.ok(elementText(outcome.answer, 'SessionToken'));
    return outcome;
  }

  /** The token must be refused in these words, and nothing be issued. */
  async refused(token: string, expected: Refusal, role?: string): Promise<void> {
    const outcome = await this.assume(token, role);
    const found = `${outcome.code}: ${outcome.message} (${this.detail(outcome)})`;
    assert.equal(outcome.code, expected.code, `not refused as it should be: ${found}`);
    assert.doesNotMatch(outcome.answer.body, /AccessKeyId|SessionToken/);
    if (typeof expected.message === 'string') assert.equal(outcome.message, expected.message, found);
    else assert.match(outcome.message ?? '', expected.message);
    if (expected.detail !== undefined) assert.match(this.detail(outcome), expected.detail);
  }

  /** Why the call was refused, as the operator reads it in the audit log. */
  detail(outcome: Outcome): string {
    const line = this.auditLines().find((text) => text.includes(outcome.answer.requestId ?? 'none'));
    const event: { readonly sojourn?: { readonly detail?: string } } = JSON.parse(line ?? '{}');
    return event.sojourn?.detail ?? '';
  }

  auditLines(): readonly string[] {
    return readFileSync(join(this.directory, 'audit.jsonl'), 'utf8').split('\n').filter(Boolean);
  }

  async end(): Promise<void> {
    for (const end of this.#ends) await end();
  }

  async #startHost(name: string, given: Identity | undefined): Promise<HttpsIssuer> {
    const leaf = given ?? makeIdentity(name, { issuer: testIntermediate, hosts: [name] });
    const ending = { after: (end: () => unknown): void => void this.#ends.unshift(end) };
    const host = await startIssuer(ending, leaf);
    this.#hosts.set(name, host);
    return host;
  }

  async #resolve(host: string): Promise<readonly string[]> {
    this.lookedUp.push(host);
    const answers = this.addresses.get(host);
    if (answers === undefined) return ['127.0.0.1'];
    const asked = this.lookedUp.filter((one) => one === host).length;
    return answers[Math.min(asked, answers.length) - 1] ?? [];
  }
}

/** Begins; everything ends with the file's tests. */
export async function besiege(options: SiegeOptions = {}): Promise<Siege> {
  const siege = new Siege(options);
  after(() => siege.end());
  await siege.start(options);
  if (options.empty === true) return siege;
  const issuer = await siege.issuer(ISSUER);
  issuer.serve([siege.key]);
  await siege.provider(ISSUER);
  await siege.role('deploy', ISSUER, trusting(ISSUER));
  return siege;
}

/** The conditions of a careful trust policy. */
export function trusting(url: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const prefix = url.replace('https://', '');
  return { StringEquals: { [`${prefix}:aud`]: AUDIENCE, [`${prefix}:sub`]: SUBJECT } };
}

export function providerArn(url: string, account: string = ACCOUNT): string {
  return `arn:aws:iam::${account}:oidc-provider/${url.replace('https://', '')}`;
}

export function roleArn(name: string): string {
  return name.startsWith('arn:') ? name : `arn:aws:iam::${ACCOUNT}:role/${name}`;
}
