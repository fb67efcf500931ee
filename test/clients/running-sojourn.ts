/** A real `sojourn dev` or `serve` in a process of its own, on a free port, with a data directory that goes away. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..', '..');
export const SOJOURN: string = join(ROOT, 'bin', 'sojourn');
/** Milliseconds that a cold start may take on a busy machine. */
const START_LIMIT = 60_000;

export interface RunningSojourn {
  readonly url: string;
  readonly data: string;
  readonly pid: number;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Environment of a client that is root: endpoint, region and key. */
  readonly env: NodeJS.ProcessEnv;
  /** Everything printed so far, both streams. */
  readonly printed: () => string;
  /** SIGTERM; answers the exit code. The data directory stays for a second start. */
  readonly stop: () => Promise<number | null>;
  /** SIGKILL. */
  readonly kill: () => Promise<void>;
  /** Stops when needed and removes the data directory. */
  readonly dispose: () => Promise<void>;
}

/** Starts and waits for the URL line. Key texts come from the first start, or from `key` for a later one. */
export async function startSojourn(
  options: {
    readonly command?: 'dev' | 'serve';
    readonly data?: string;
    readonly key?: { readonly accessKeyId: string; readonly secretAccessKey: string };
    readonly flags?: readonly string[];
    readonly env?: NodeJS.ProcessEnv;
  } = {},
): Promise<RunningSojourn> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'sojourn-'));
  const args = [options.command ?? 'dev', '--port', '0', '--data', data, ...(options.flags ?? [])];
  const child = spawn(SOJOURN, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  const printed = collect(child);
  const url = await waitFor(printed, /\bat (https?:\/\/\S+) for account/, child);
  const accessKeyId = options.key?.accessKeyId ?? (await waitFor(printed, /AWS_ACCESS_KEY_ID=(\S+)/, child));
  const secretAccessKey =
    options.key?.secretAccessKey ?? (await waitFor(printed, /AWS_SECRET_ACCESS_KEY=(\S+)/, child));
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    return child.exitCode;
  };
  return {
    url,
    data,
    pid: child.pid ?? 0,
    accessKeyId,
    secretAccessKey,
    env: {
      PATH: process.env['PATH'],
      HOME: data,
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_PAGER: '',
      NO_PROXY: '127.0.0.1,localhost',
    },
    printed,
    stop,
    kill: async () => {
      child.kill('SIGKILL');
      if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
    },
    dispose: async () => {
      await stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (part: string) => (text += part));
  }
  return () => text;
}

async function waitFor(printed: () => string, pattern: RegExp, child: ChildProcess): Promise<string> {
  const until = Date.now() + START_LIMIT;
  for (;;) {
    const found = pattern.exec(printed())?.[1];
    if (found !== undefined) return found;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`sojourn ended with ${child.exitCode ?? child.signalCode}:\n${printed()}`);
    }
    if (Date.now() > until) throw new Error(`sojourn did not print ${pattern.source} in time:\n${printed()}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
