/**
 * What IAM's calls cost among 10, 10,000 and 200,000 roles, over HTTP against a real server process.
 *
 * All three servers run at once and are driven in turn over one kept-alive connection each, so that a
 * busy machine slows all of them alike; the calls of a round are signed before its clock starts. What is
 * printed is the median wall time of a call. `npm run bench:iam [-- --rounds N --calls N]`; exit code 1
 * when a target is missed: Get, Assume and a full page of List below 1.5 times, start-up below 2 seconds.
 */
import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDataDirectory } from '../src/cli/data-directory.ts';
import { loadDevelopmentKeys } from '../src/cli/development-parts.ts';
import { signRequest } from '../src/credentials/signature-v4/sign-request.ts';
import { github } from '../src/idp/github.ts';
import { signToken } from '../src/tokens/mint.ts';
import { startSojourn, type RunningSojourn } from '../test/clients/running-sojourn.ts';
import { repositoryOf, roleName, writeAccount } from './iam/account-of-roles.ts';

const ACCOUNT = '000000000000';
const COUNTS = [10, 10_000, 200_000];
/** Rounds that are driven but not counted. */
const WARM_UP = 2;
const STARTS = 3;
const GROWTH_LIMIT = 1.5;
/** Milliseconds. */
const START_LIMIT = 2000;
const VERSIONS = { iam: '2010-05-08', sts: '2011-06-15' } as const;
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, calls: { type: 'string', default: '200' } },
});
const rounds = Number(values.rounds);
const calls = Number(values.calls);

interface Account {
  readonly count: number;
  readonly server: RunningSojourn;
  readonly agent: Agent;
  /** Milliseconds from the start of the process to its first answer. */
  readonly start: number;
  /** Markers of full pages, from all over the list. */
  readonly markers: readonly string[];
  readonly mint: (n: number) => string;
}

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A row of the table: how to make the calls of a round, and below which accounts its growth is measured from. */
interface Row {
  readonly name: string;
  readonly make: (account: Account, serial: number) => Sent;
  /** Roles of the account that the others are compared with. A page is full from 10,000 on. */
  readonly base: number;
  readonly limited: boolean;
}

const ROWS: readonly Row[] = [
  {
    name: 'GetRole',
    base: 10,
    limited: true,
    make: (account) => signed(account, 'iam', { Action: 'GetRole', RoleName: roleName(any(account)) }),
  },
  { name: 'AssumeRoleWithWebIdentity', base: 10, limited: true, make: (account) => assume(account) },
  {
    name: 'ListRoles, a page of 100',
    base: 10_000,
    limited: true,
    make: (account) => signed(account, 'iam', { Action: 'ListRoles', MaxItems: '100', ...marker(account) }),
  },
  {
    name: 'CreateRole',
    base: 10,
    limited: false,
    make: (account, serial) =>
      signed(account, 'iam', { Action: 'CreateRole', RoleName: `new-${serial}`, AssumeRolePolicyDocument: TRUST }),
  },
];

const directory = mkdtempSync(join(tmpdir(), 'sojourn-bench-'));
const accounts: Account[] = [];
try {
  for (const count of COUNTS) accounts.push(await openAccount(count));
  const missed = [...(await measureCalls()), ...missedStarts()];
  for (const what of missed) console.log(`missed: ${what}`);
  if (missed.length > 0) process.exitCode = 1;
} finally {
  for (const { server, agent } of accounts) {
    agent.destroy();
    await server.dispose();
  }
  rmSync(directory, { recursive: true, force: true });
}

async function openAccount(count: number): Promise<Account> {
  const data = join(directory, String(count));
  await writeAccount(data, ACCOUNT, count);
  const times: number[] = [];
  let server = await timedStart(data, times);
  for (let n = 1; n < STARTS; n++) {
    await server.stop();
    server = await timedStart(data, times, server);
  }
  const keys = await (await loadDevelopmentKeys(openDataDirectory(data))).keysOf(github);
  const mint = (n: number): string => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: 'https://token.actions.githubusercontent.com',
      sub: `repo:${repositoryOf(n)}:ref:refs/heads/main`,
      aud: 'sts.amazonaws.com',
      repository: repositoryOf(n),
      iat: now,
      exp: now + 300,
    };
    return signToken({ typ: 'JWT', alg: 'RS256', kid: keys.kid }, claims, keys.privateKey);
  };
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const account: Account = { count, server, agent, start: median(times), markers: [], mint };
  return { ...account, markers: await pageMarkers(account) };
}

async function timedStart(data: string, times: number[], key?: RunningSojourn): Promise<RunningSojourn> {
  const began = performance.now();
  const server = await startSojourn({ data, ...(key !== undefined && { key }) });
  await fetch(new URL('/_sojourn/ready', server.url));
  times.push(performance.now() - began);
  return server;
}

/** Where full pages begin, at distances over the whole list. */
async function pageMarkers(account: Account): Promise<readonly string[]> {
  const markers: string[] = [];
  let found: string | undefined;
  const stride = account.count >= 10_000 ? '1000' : '100';
  do {
    const page = await send(
      account,
      signed(account, 'iam', { Action: 'ListRoles', MaxItems: stride, ...(found && { Marker: found }) }),
    );
    found = /<Marker>([^<]*)<\/Marker>/.exec(page)?.[1];
    if (found !== undefined) markers.push(found);
  } while (found !== undefined);
  return markers;
}

async function measureCalls(): Promise<readonly string[]> {
  console.log(`\nMedian wall time of a call, microseconds; ${rounds} rounds of ${calls} calls.\n`);
  console.log(
    line(
      '',
      COUNTS.map((count) => `${count.toLocaleString('en')} roles`),
      'growth',
    ),
  );
  const missed: string[] = [];
  let serial = 0;
  for (const row of ROWS) {
    const taken = new Map<number, number[]>(accounts.map(({ count }) => [count, []]));
    for (let round = 1 - WARM_UP; round <= rounds; round++) {
      for (const account of accounts) {
        const requests = Array.from({ length: calls }, () => row.make(account, serial++));
        for (const sent of requests) {
          const began = performance.now();
          await send(account, sent);
          if (round > 0) taken.get(account.count)?.push((performance.now() - began) * 1000);
        }
      }
    }
    const medians = COUNTS.map((count) => median(taken.get(count) ?? []));
    const base = medians[COUNTS.indexOf(row.base)] ?? NaN;
    const growth = (medians.at(-1) ?? NaN) / base;
    const from = row.base === 10 ? '' : ` from ${row.base.toLocaleString('en')}`;
    console.log(
      line(
        row.name,
        medians.map((time) => time.toFixed(0)),
        `${growth.toFixed(2)} ×${from}`,
      ),
    );
    if (row.limited && !(growth < GROWTH_LIMIT))
      missed.push(`${row.name} grew ${growth.toFixed(2)} times, not below ${GROWTH_LIMIT}`);
  }
  return missed;
}

function missedStarts(): readonly string[] {
  console.log(
    line(
      'start to first answer, ms',
      accounts.map(({ start }) => start.toFixed(0)),
      '',
    ),
  );
  const slow = accounts.filter(({ start }) => start >= START_LIMIT);
  return slow.map(
    ({ count, start }) => `start with ${count} roles took ${start.toFixed(0)} ms, not below ${START_LIMIT}`,
  );
}

function assume(account: Account): Sent {
  const n = any(account);
  const form = {
    Action: 'AssumeRoleWithWebIdentity',
    RoleArn: `arn:aws:iam::${ACCOUNT}:role/${roleName(n)}`,
    RoleSessionName: 'GitHubActions',
    WebIdentityToken: account.mint(n),
  };
  return { headers: formHeaders(account), body: bodyOf('sts', form) };
}

function signed(account: Account, service: keyof typeof VERSIONS, form: Readonly<Record<string, string>>): Sent {
  const headers = formHeaders(account);
  const body = bodyOf(service, form);
  const listed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const { accessKeyId, secretAccessKey } = account.server;
  const signature = signRequest(
    { method: 'POST', rawPath: '/', rawQuery: '', headers: listed, payloadHash: hash('sha256', body, 'hex') },
    { accessKeyId, secretAccessKey },
    { service, region: 'us-east-1', now: Date.now() },
  );
  return { headers: { ...headers, ...signature }, body };
}

function formHeaders({ server }: Account): Readonly<Record<string, string>> {
  return { host: new URL(server.url).host, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
}

function bodyOf(service: keyof typeof VERSIONS, form: Readonly<Record<string, string>>): string {
  return new URLSearchParams({ ...form, Version: VERSIONS[service] }).toString();
}

function send({ server, agent }: Account, { headers, body }: Sent): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(server.url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.once('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`HTTP ${response.statusCode}: ${text}`));
      });
    });
    call.once('error', reject);
    call.end(body);
  });
}

/** Number of some role of the account. */
function any({ count }: Account): number {
  return Math.floor(Math.random() * count);
}

function marker({ markers }: Account): Readonly<Record<string, string>> {
  const found = markers[Math.floor(Math.random() * markers.length)];
  return found === undefined ? {} : { Marker: found };
}

function median(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;
}

function line(name: string, cells: readonly string[], last: string): string {
  return [name.padEnd(28), ...cells.map((cell) => cell.padStart(14)), last.padStart(22)].join('');
}
