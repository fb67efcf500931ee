/**
 * Verified tokens a second on one core, with 1, 100 and 10,000 registered providers, beside bare
 * `node:crypto` on the same signatures.
 *
 * "Verified" is all that AssumeRoleWithWebIdentity does until the token is believed: reading it, finding
 * the provider of its issuer in the state (SQLite), the claims, the keys out of the cache, the signature.
 * Tokens are GitHub's, each a different one; providers take turns, so that with many of them each look-up
 * is of another and a round asks for all. Rounds alternate with the bare ones, medians are compared: a busy machine slows both.
 * `npm run bench:verify [-- --rounds N --calls N]`.
 */
import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { iamArn, parseAccountId, type AccountId } from '../src/base/arn.ts';
import { buildSojourn } from '../src/cli/build-sojourn.ts';
import { openDataDirectory } from '../src/cli/data-directory.ts';
import { readSettings } from '../src/cli/read-settings.ts';
import type { Sojourn } from '../src/federation/sojourn.ts';
import { verifyWebIdentity } from '../src/federation/web-identity.ts';
import { github } from '../src/idp/github.ts';
import { KeyCache } from '../src/issuers/key-cache.ts';
import { KEY_CACHE_BOUNDS } from '../src/issuers/network-issuer-keys.ts';
import { importKeySet } from '../src/tokens/key-set.ts';
import { signToken } from '../src/tokens/mint.ts';

/** The part of the bare rate that must be reached with RS256. */
const TARGET = 0.8;
/** Key pairs that the providers share out among them: making one for each would take an hour. */
const KEY_PAIRS = 16;
const PROVIDERS = [1, 100, 10_000] as const;

interface Signed {
  readonly text: string;
  readonly input: Buffer;
  readonly signature: Buffer;
  readonly key: KeyObject;
}

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '9' }, calls: { type: 'string', default: '4000' } },
});
const rounds = Number(values.rounds);
const calls = Number(values.calls);
const now = Date.now();
const pairs = Array.from({ length: KEY_PAIRS }, () => generateKeyPairSync('rsa', { modulusLength: 2048 }));
const directory = mkdtempSync(join(tmpdir(), 'sojourn-bench-'));
pin();
try {
  console.log(`Verified RS256 tokens a second on one core, ${rounds} rounds of ${calls}:`);
  for (const providers of PROVIDERS) await measure(providers);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function measure(providers: number): Promise<void> {
  const account = accountId('000000000000');
  const built = await build(join(directory, String(providers)));
  await register(built.sojourn, account, providers);
  const bareKeys = Array.from({ length: providers }, (_, n) => importedKey(n));
  const tokens = Array.from({ length: Math.max(calls, providers) }, (_, n) => {
    const provider = (n * 7919) % providers;
    return signed(n, provider, bareKeys[provider] ?? importedKey(provider));
  });
  const whole: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const rates = [await wholeRate(tokens, account, built.sojourn), bareRate(tokens)] as const;
    // The first round warms both up, and fills the key cache.
    if (round === 0) continue;
    whole.push(rates[0]);
    bare.push(rates[1]);
  }
  await built.close();
  const ratio = median(whole) / median(bare);
  console.log(
    `  ${String(providers).padStart(6)} providers  ${median(whole).toFixed(0)}, bare ${median(bare).toFixed(0)}: ${(100 * ratio).toFixed(0)} % (target: ${100 * TARGET} %)`,
  );
  if (ratio < TARGET) process.exitCode = 1;
}

async function wholeRate(tokens: readonly Signed[], account: AccountId, sojourn: Sojourn): Promise<number> {
  const started = process.cpuUsage();
  for (const { text } of tokens) await verifyWebIdentity(text, account, now, sojourn, () => undefined);
  return perSecond(tokens.length, process.cpuUsage(started));
}

function bareRate(tokens: readonly Signed[]): number {
  const started = process.cpuUsage();
  for (const { input, signature, key } of tokens) {
    if (!verify('sha256', input, key, signature)) throw new Error('a signature does not hold');
  }
  return perSecond(tokens.length, process.cpuUsage(started));
}

function perSecond(count: number, { user, system }: NodeJS.CpuUsage): number {
  return (count * 1e6) / (user + system);
}

async function build(data: string): ReturnType<typeof buildSojourn> {
  const answer = readSettings({ flags: { data: [data] }, env: {}, config: undefined, readFile: () => '' });
  if (answer.kind === 'problems') throw new Error(answer.problems.join(' '));
  const sets = pairs.map(({ publicKey }) => {
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' };
    return { keys: [jwk] };
  });
  const cache = new KeyCache(
    async (url) => {
      const keys = importKeySet(sets[pairOf(Number(url.split('/').at(-1)))]);
      if (keys === undefined) throw new Error('no keys');
      return { kind: 'keys', keys, cacheControl: 'max-age=3600', age: 0, untrusted: [], thumbprint: '' };
    },
    { now: () => now },
    KEY_CACHE_BOUNDS,
  );
  const issuerKeys = {
    keysOf: cache.keysOf.bind(cache),
    thumbprintOf: async () => ({ kind: 'unavailable', why: 'the bench asks nobody' }) as const,
  };
  return buildSojourn(answer.settings, openDataDirectory(data), issuerKeys, () => '');
}

async function register(sojourn: Sojourn, account: AccountId, providers: number): Promise<void> {
  await sojourn.state.write(async ({ openIDConnectProviders }) => {
    for (let n = 0; n < providers; n++) {
      const url = issuerOf(n).slice('https://'.length);
      await openIDConnectProviders.put(`${account}/${url}`, {
        account,
        arn: iamArn(account, `oidc-provider/${url}`),
        url,
        clientIds: ['sts.amazonaws.com'],
        thumbprints: ['6938fd4d98bab03faadb97b34396831e3780aea1'],
        createDate: now,
        tags: [],
      });
    }
  });
}

/** A token as GitHub mints it for an enterprise with an issuer of its own. */
function signed(count: number, provider: number, key: KeyObject): Signed {
  const issuer = issuerOf(provider);
  const options = { repository: 'my-org/my-repo', ref: 'refs/heads/main', environment: 'production' };
  const moment = {
    now: Math.floor(now / 1000),
    audience: 'sts.amazonaws.com',
    jti: `6f4762ed-0758-4ccb-808d-${String(count).padStart(12, '0')}`,
  };
  const minted = github.mint({ ...options, issuer, 'run-id': String(1000 + count) }, moment);
  const pair = pairs[pairOf(provider)];
  if (minted.kind === 'impossible' || pair === undefined) throw new Error('the bench mints no token');
  const text = signToken({ typ: 'JWT', alg: 'RS256', kid: 'bench' }, minted.claims, pair.privateKey);
  const cut = text.lastIndexOf('.');
  return {
    text,
    input: Buffer.from(text.slice(0, cut)),
    signature: Buffer.from(text.slice(cut + 1), 'base64url'),
    key,
  };
}

/** A key object of its own for each provider, as the server has: so many keys are not all in the processor's cache. */
function importedKey(provider: number): KeyObject {
  const jwk = pairs[pairOf(provider)]?.publicKey.export({ format: 'jwk' });
  return createPublicKey({ key: { kty: 'RSA', ...jwk }, format: 'jwk' });
}

function issuerOf(provider: number): string {
  return `https://token.actions.githubusercontent.com/${provider}`;
}

function pairOf(provider: number): number {
  return provider % KEY_PAIRS;
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}

function accountId(text: string): AccountId {
  const account = parseAccountId(text);
  if (account === undefined) throw new Error(`${text} is no account`);
  return account;
}

/** One core, where `taskset` is there. */
function pin(): void {
  try {
    execFileSync('taskset', ['-cp', '1', String(process.pid)], { stdio: 'ignore' });
  } catch {
    // Then CPU time is compared all the same.
  }
}
