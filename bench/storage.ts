/**
 * What storage costs: records among 10, 10,000 and 200,000 others, and objects beside what the bare
 * file system takes for the same bytes with the same durability. Run: `node bench/storage.ts`.
 *
 * Figures are medians of wall time; compare the ratios, not the numbers of two machines.
 */
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { iamArn, parseAccountId } from '../src/base/arn.ts';
import { openFileObjects } from '../src/storage/objects/files/file-objects.ts';
import type {
  ObjectFacts,
  Objects,
  StoredObject,
  VersionPlace,
  WrittenVersion,
} from '../src/storage/objects/objects.ts';
import type { Role } from '../src/storage/state/iam-records.ts';
import { openSqliteState } from '../src/storage/state/sqlite/sqlite-state.ts';
import type { Page, State } from '../src/storage/state/state.ts';

const ROLE_COUNTS = [10, 10_000, 200_000];
const CHUNK = Buffer.alloc(64 * 1024, 'sojourn ');
const FACTS: Omit<ObjectFacts, 'size' | 'lastModified'> = {
  etag: '0123456789abcdef0123456789abcdef',
  headers: { 'content-type': 'application/octet-stream' },
  metadata: {},
  tags: {},
  checksums: { CRC64NVME: 'AAAAAAAAAAA=' },
  checksumType: 'FULL_OBJECT',
  storageClass: 'STANDARD',
};

const directory = mkdtempSync(join(tmpdir(), 'sojourn-bench-'));
try {
  await benchState();
  await benchObjects();
} finally {
  rmSync(directory, { recursive: true });
}

async function benchState(): Promise<void> {
  const first = new Map<string, number>();
  const report = (what: string, microseconds: number): void => {
    const base = first.get(what) ?? microseconds;
    first.set(what, base);
    print(what, microseconds, `${(microseconds / base).toFixed(2)} × ${ROLE_COUNTS[0]} roles`);
  };
  await fill(join(directory, 'warm-up.sqlite'), 10);
  for (const count of ROLE_COUNTS) {
    console.log(`\nState with ${count.toLocaleString('en')} roles`);
    const path = join(directory, `${count}.sqlite`);
    await fill(path, count);
    const began = performance.now();
    const state = openSqliteState(path);
    await state.roles.get(keyOf(0));
    report('open and first read', (performance.now() - began) * 1000);
    const any = (): string => keyOf(Math.floor(Math.random() * count));
    report('get', await median(20_000, () => state.roles.get(any())));
    const page = (): Page => ({ after: count > 10 ? any() : undefined, limit: 10 });
    report('list a page of 10', await median(2_000, () => state.roles.list('000000000000/', page())));
    report('count', await median(10, () => state.roles.count('000000000000/')));
    report('write one role', await median(300, (n) => state.write(({ roles }) => roles.put(any(), role(n)))));
    await state.close();
  }
}

async function fill(path: string, count: number): Promise<void> {
  const state: State = openSqliteState(path);
  for (let from = 0; from < count; from += 20_000) {
    await state.write(async ({ roles }) => {
      for (let n = from; n < Math.min(count, from + 20_000); n++) await roles.put(keyOf(n), role(n));
    });
  }
  await state.close();
}

async function benchObjects(): Promise<void> {
  const objects = await openFileObjects(join(directory, 'objects'), { now: () => Date.now() });
  let serial = 0;
  const rawPut = (size: number) => async (): Promise<void> =>
    rawWrite(join(directory, `raw-${size}-${serial++}`), size);
  const put = (size: number) => async (): Promise<StoredObject> => putObject(objects, `key-${serial++}`, size);
  for (const [name, size, rounds] of [
    ['4 KiB', 4096, 300],
    ['30 MiB', 30 * 1024 * 1024, 9],
  ] as const) {
    console.log(`\nObjects of ${name}`);
    const floorOfPut = await median(rounds, rawPut(size));
    print('raw: write, sync, rename, sync directory', floorOfPut);
    compare('put', await median(rounds, put(size)), floorOfPut);
    const wave = await median(Math.ceil(rounds / 10), () => Promise.all(Array.from({ length: 8 }, put(size))));
    compare('put, each of 8 at once', wave / 8, floorOfPut);
    await rawPut(size)();
    const raw = join(directory, `raw-${size}-${serial - 1}`);
    const floorOfGet = await median(rounds, () => drain(createReadStream(raw)));
    print('raw: read stream', floorOfGet);
    const object = await put(size)();
    compare(
      'head and read',
      await median(rounds, async () => {
        const found = await objects.head('bench', object.key);
        if (found !== undefined) await drain(objects.read(found, 0, size));
      }),
      floorOfGet,
    );
  }
  await benchVersions(objects);
  await objects.close();
}

/** A bucket of which one key has 10,000 versions and markers: what it costs those who do not ask for them. */
async function benchVersions(objects: Objects): Promise<void> {
  console.log('\nA key with 10,000 versions and delete markers');
  const page = { prefix: '', delimiter: undefined, limit: 1000 };
  const list = (): Promise<unknown> => objects.list('versions', { ...page, after: '' });
  for (let n = 0; n < 100; n++) await putObject(objects, `other-${n}`, 0, 'versions');
  const before = await median(30, list);
  print('list 100 keys without it', before);
  const put = (n: number): Promise<unknown> =>
    n % 2 === 0 ? putObject(objects, 'key', 0, 'versions', 'new') : objects.mark('versions', 'key', 'new');
  print('put or mark, the first 100', await median(100, put));
  for (let n = 0; n < 9_800; n += 100) await Promise.all(Array.from({ length: 100 }, (_, at) => put(at)));
  print('put or mark, the last 100', await median(100, put));
  const after = await median(30, list);
  print('list 100 keys beside it', after, `${(after / before).toFixed(2)} × without`);
  let place: VersionPlace | undefined;
  const pages: number[] = [];
  do {
    const began = performance.now();
    place = (await objects.listVersions('versions', { ...page, after: place })).next;
    pages.push((performance.now() - began) * 1000);
  } while (place !== undefined);
  print('first page of 1,000 versions', pages[0] ?? 0);
  print('tenth page', pages[9] ?? 0);
}

async function putObject(
  objects: Objects,
  key: string,
  size: number,
  bucket = 'bench',
  version: WrittenVersion = 'null',
): Promise<StoredObject> {
  const writing = { version, condition: { kind: 'none' } } as const;
  const result = await objects.put(bucket, key, bodyOf(size), () => FACTS, writing);
  if (result.kind !== 'stored') throw new Error(result.kind);
  return result.object;
}

/** What durability takes at least, whoever asks for it. */
async function rawWrite(path: string, size: number): Promise<void> {
  const file = await open(`${path}.new`, 'wx', 0o600);
  for await (const chunk of bodyOf(size)) await file.write(chunk);
  await file.sync();
  await file.close();
  await rename(`${path}.new`, path);
  const parent = await open(directory, 'r');
  await parent.sync();
  await parent.close();
}

async function* bodyOf(size: number): AsyncGenerator<Uint8Array> {
  for (let left = size; left > 0; left -= CHUNK.length) yield left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
}

async function drain(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  let size = 0;
  for await (const chunk of chunks) size += chunk.length;
  if (size === 0) throw new Error('nothing was read');
}

function keyOf(n: number): string {
  return `000000000000/role-${String(n).padStart(6, '0')}`;
}

function role(n: number): Role {
  const account = parseAccountId('000000000000');
  if (account === undefined) throw new Error('twelve digits');
  const subject = `repo:my-org/repository-${n}:ref:refs/heads/main`;
  const trustPolicy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"token.actions.githubusercontent.com:sub":"${subject}"}}}]}`;
  return {
    account,
    arn: iamArn(account, `role/role-${n}`),
    path: '/',
    name: `role-${n}`,
    id: `AROA${n}`,
    createDate: 1_700_000_000_000,
    trustPolicy,
    description: undefined,
    maxSessionDuration: undefined,
    permissionsBoundary: undefined,
    tags: [],
    inlinePolicies: { store: trustPolicy },
    attachedPolicies: [],
  };
}

/** Microseconds. */
async function median(rounds: number, run: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await run(round);
    times.push(performance.now() - began);
  }
  times.sort((left, right) => left - right);
  return (times[times.length >> 1] ?? 0) * 1000;
}

function compare(what: string, microseconds: number, floor: number): void {
  print(what, microseconds, `${(microseconds / floor).toFixed(2)} × raw`);
}

function print(what: string, microseconds: number, ratio = ''): void {
  console.log(`  ${what.padEnd(42)} ${microseconds.toFixed(1).padStart(12)} µs   ${ratio}`);
}
