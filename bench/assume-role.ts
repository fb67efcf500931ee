/**
 * Server CPU time per AssumeRoleWithWebIdentity, beside a floor measured in the same run.
 *
 * Both servers run in processes of their own on one core, driven in turn over kept-alive connections
 * with a different token each time, by a client on the other core. The floor is raw `node:http` that
 * reads the body, verifies one RS256 signature, seals one AES-GCM token and answers fixed XML. CPU
 * time is what the server process itself reports (`process.cpuUsage`), so a busy machine does not
 * count; rounds alternate, medians are printed. `npm run bench:assume-role [-- --rounds N --calls N]`.
 */
import { spawn, execFileSync, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROFILES } from '../src/idp/profiles.ts';
import { signToken } from '../src/tokens/mint.ts';

/** Rounds that are driven but not counted: a server that has run for a while is what is asked about. */
const WARM_UP = 2;
/** Parallel connections of the client. */
const CONNECTIONS = 16;

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, calls: { type: 'string', default: '6000' } },
});
const rounds = Number(values.rounds);
const calls = Number(values.calls);

interface Server {
  readonly name: string;
  readonly url: string;
  readonly child: ChildProcess;
}

const directory = mkdtempSync(join(tmpdir(), 'sojourn-bench-'));
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const servers: Server[] = [];
try {
  servers.push(await start('sojourn', publicPem), await start('floor', publicPem));
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const perCall = new Map<string, number[]>(servers.map((server) => [server.name, []]));
  for (let round = 1 - WARM_UP; round <= rounds; round++) {
    for (const server of servers) {
      const bodies = forms(privateKey, calls);
      const before = await cpu(server);
      await drive(server, bodies, agent);
      const after = await cpu(server);
      if (round > 0) perCall.get(server.name)?.push((after - before) / calls);
    }
  }
  agent.destroy();
  report(perCall);
} finally {
  for (const server of servers) server.child.disconnect();
  rmSync(directory, { recursive: true, force: true });
}

/** Starts a server on core 0 where `taskset` is there; this process then keeps to the other. */
async function start(name: 'sojourn' | 'floor', pem: string): Promise<Server> {
  const script = join(import.meta.dirname, 'assume-role', `${name}-server.ts`);
  const command = pinned() ? ['taskset', '-c', '0', process.execPath, script] : [process.execPath, script];
  const child = spawn(command[0] ?? '', command.slice(1), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, BENCH_DATA: join(directory, name), BENCH_PUBLIC_KEY: pem },
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(String(message)));
    child.once('exit', (code) => reject(new Error(`the ${name} server ended with ${code}`)));
  });
  return { name, url, child };
}

function pinned(): boolean {
  try {
    execFileSync('taskset', ['-cp', '1', String(process.pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Microseconds of CPU, user and system, that the server has used so far. */
function cpu(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.child.once('message', (message) => resolve(Number(message)));
    server.child.send('cpu');
  });
}

/** Calls as the toolkit sends them, each with a token of its own. */
function forms(key: KeyObject, count: number): readonly string[] {
  const github = PROFILES[0];
  if (github === undefined) throw new Error('there are no profiles');
  const now = Math.floor(Date.now() / 1000);
  const options = { repository: 'my-org/my-repo', ref: 'refs/heads/main', environment: 'production' };
  return Array.from({ length: count }, (_, index) => {
    const moment = {
      now,
      audience: 'sts.amazonaws.com',
      jti: `6f4762ed-0758-4ccb-808d-${String(index).padStart(12, '0')}`,
    };
    const minted = github.mint({ ...options, 'run-id': String(1000 + index) }, moment);
    if (minted.kind === 'impossible') throw new Error(minted.why);
    const token = signToken({ typ: 'JWT', alg: 'RS256', kid: 'bench' }, minted.claims, key);
    return new URLSearchParams({
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn: 'arn:aws:iam::000000000000:role/deploy',
      RoleSessionName: 'GitHubActions',
      WebIdentityToken: token,
      DurationSeconds: '3600',
    }).toString();
  });
}

async function drive(server: Server, bodies: readonly string[], agent: Agent): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < bodies.length; at = next++) await post(server.url, bodies[at] ?? '', agent);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
}

function post(url: string, body: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'aws-sdk-js/3.859.0 configure-aws-credentials-for-github-actions',
    };
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      if (response.statusCode !== 200) reject(new Error(`HTTP ${response.statusCode}`));
      else response.once('end', resolve);
    });
    call.once('error', reject);
    call.end(body);
  });
}

function report(perCall: ReadonlyMap<string, readonly number[]>): void {
  const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  console.log(
    `Server CPU per AssumeRoleWithWebIdentity, ${rounds} rounds of ${calls} calls, ${CONNECTIONS} connections:`,
  );
  for (const [name, list] of perCall) {
    const [least, most] = [Math.min(...list), Math.max(...list)];
    console.log(`  ${name.padEnd(8)} median ${median(list).toFixed(1)} µs (${least.toFixed(1)} to ${most.toFixed(1)})`);
  }
  const ratio = median(perCall.get('sojourn') ?? []) / median(perCall.get('floor') ?? []);
  console.log(`  ratio    ${ratio.toFixed(2)} (target: under 2)`);
  if (ratio >= 2) process.exitCode = 1;
}
