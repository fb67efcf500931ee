/**
 * What cryptography costs a request, beside a floor of bare node:crypto and node:zlib in the same run:
 * checksums of a body, sealing and opening a session token, verifying a signature.
 *
 * `node bench/checksums.ts`. Figures are CPU time, medians of several rounds: machines are noisy.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { parseAccountId } from '../src/base/arn.ts';
import { makeAccessKey } from '../src/credentials/access-key.ts';
import { makeKeyRing } from '../src/credentials/key-ring.ts';
import { openSession, sealSession } from '../src/credentials/session-token.ts';
import type { Session } from '../src/credentials/session.ts';
import { checkScope } from '../src/credentials/signature-v4/check-scope.ts';
import { parseSignature } from '../src/credentials/signature-v4/parse-signature.ts';
import { signRequest } from '../src/credentials/signature-v4/sign-request.ts';
import { makeSigningKeyCache } from '../src/credentials/signature-v4/signing-key.ts';
import type { SignedRequest } from '../src/credentials/signature-v4/signed-request.ts';
import { verifySignature } from '../src/credentials/signature-v4/verify-signature.ts';
import { CHECKSUM_ALGORITHMS, checksum } from '../src/wire/checksums.ts';
import { combineCrc } from '../src/wire/crc-combine.ts';

const ROUNDS = 7;
const PIECE = randomBytes(65_536);
const PIECES = 1000;
const CALLS = 10_000;
const NOW = Date.UTC(2026, 8, 11, 11, 48, 26);
const random = { bytes: (count: number): Uint8Array => randomBytes(count) };

benchChecksums();
benchSealing();
benchSignature();
benchCombination();

function benchChecksums(): void {
  console.log('checksums of 64 KiB pieces, GB/s');
  const bytes = PIECE.length * PIECES;
  const rate = (microseconds: number): number => bytes / microseconds / 1000;
  const floors = new Map<string, number>([
    ['CRC32', rate(median(() => repeat(PIECES, (i) => void crc32(PIECE, i))))],
    ['SHA1', rate(median(() => hashPieces('sha1')))],
    ['SHA256', rate(median(() => hashPieces('sha256')))],
  ]);
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const ours = rate(
      median(() => {
        const running = checksum(algorithm);
        repeat(PIECES, () => running.update(PIECE));
        running.digestBase64();
      }),
    );
    const floor = floors.get(algorithm);
    report(algorithm, ours, 'GB/s', floor === undefined ? undefined : floor / ours);
  }
}

function benchSealing(): void {
  console.log('session tokens, µs each');
  const ring = makeKeyRing(random);
  const session = sampleSession();
  const plain = Buffer.from(JSON.stringify(session));
  const key = randomBytes(32);
  const bareSeal = (): string => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const ciphertext = cipher.update(plain);
    cipher.final();
    return Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]).toString('base64');
  };
  const bareToken = bareSeal();
  const bareOpen = (): Buffer => {
    const bytes = Buffer.from(bareToken, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(-16));
    const opened = decipher.update(bytes.subarray(12, -16));
    decipher.final();
    return opened;
  };
  const token = sealSession(session, ring, random);
  compare(
    'seal',
    () => void sealSession(session, ring, random),
    () => void bareSeal(),
  );
  compare(
    'open',
    () => void openSession(token, ring),
    () => void bareOpen(),
  );
  console.log(`  a token of this session has ${token.length} characters`);
}

function benchSignature(): void {
  console.log('verification of a signature, µs each');
  const credentials = {
    accessKeyId: 'ASIAQWERTYUIOPASDFGH',
    secretAccessKey: 's'.repeat(40),
    sessionToken: 't'.repeat(800),
  };
  const bare = {
    method: 'POST',
    rawPath: '/',
    rawQuery: '',
    headers: { host: ['sts.amazonaws.com'], 'content-type': ['application/x-www-form-urlencoded'] },
    payloadHash: hash('sha256', 'Action=GetCallerIdentity&Version=2011-06-15', 'hex'),
  };
  const added = signRequest(bare, credentials, { service: 'sts', region: 'us-east-1', now: NOW });
  const headers = Object.fromEntries(Object.entries(added).map(([name, value]) => [name, [value]]));
  const request: SignedRequest = { ...bare, headers: { ...bare.headers, ...headers } };
  const cached = makeSigningKeyCache(10);
  const text = 'x'.repeat(1100);
  const floor = (): void => {
    const digest = hash('sha256', text, 'hex');
    createHmac('sha256', PIECE.subarray(0, 32)).update(digest).digest('hex');
  };
  compare('key cached', () => verify(request, credentials.secretAccessKey, cached), floor);
  compare('key derived', () => verify(request, credentials.secretAccessKey, makeSigningKeyCache(1)), floor);
}

function benchCombination(): void {
  console.log('combination of the CRCs of two parts, µs each');
  for (const algorithm of ['CRC32', 'CRC32C', 'CRC64NVME'] as const) {
    const value = checksum(algorithm).digestBase64();
    const taken = median(() => repeat(1000, (i) => void combineCrc(algorithm, value, value, 5 * 1024 ** 2 + i)));
    report(algorithm, taken / 1000, 'µs', undefined);
  }
}

function verify(request: SignedRequest, secret: string, cache: ReturnType<typeof makeSigningKeyCache>): void {
  const parsed = parseSignature(request);
  if (parsed.kind !== 'signature') throw new Error(parsed.kind);
  const fault = checkScope(parsed, { service: 'sts', region: 'us-east-1', now: NOW });
  const result = fault ?? verifySignature(parsed, request, secret, cache);
  if (result.kind !== 'verified') throw new Error(result.kind);
}

function sampleSession(): Session {
  const account = parseAccountId('123456789012');
  if (account === undefined) throw new Error('no account');
  return {
    kind: 'role',
    account,
    ...makeAccessKey('ASIA', account, random),
    issuedAt: NOW / 1000,
    expiresAt: NOW / 1000 + 3600,
    roleId: 'AROA3ISBVQKHLCPMWHJG5',
    roleName: 'deploy',
    sessionName: 'GitHubActions',
    federatedProvider: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
    carried: {
      'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
      'token.actions.githubusercontent.com:sub': 'repo:my-org/my-repo:ref:refs/heads/main',
    },
  };
}

function compare(name: string, ours: () => void, floor: () => void): void {
  const taken = median(() => repeat(CALLS, ours)) / CALLS;
  const least = median(() => repeat(CALLS, floor)) / CALLS;
  report(name, taken, 'µs', taken / least);
}

function report(name: string, value: number, unit: string, ratio: number | undefined): void {
  const beside = ratio === undefined ? '' : `  (${ratio.toFixed(2)} times the floor)`;
  console.log(`  ${name.padEnd(12)} ${value.toFixed(2).padStart(8)} ${unit}${beside}`);
}

function hashPieces(name: string): void {
  const running = createHash(name);
  repeat(PIECES, () => void running.update(PIECE));
  running.digest('base64');
}

function repeat(count: number, call: (index: number) => void): void {
  for (let i = 0; i < count; i++) call(i);
}

/** CPU time of one run of `work` in microseconds; the first run warms up. */
function median(work: () => void): number {
  const taken: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    if (round > 0) taken.push(user + system);
  }
  return taken.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}
