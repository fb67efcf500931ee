/** `sojourn issuers`: which issuers a running Sojourn has asked for keys, and how that goes. */
import { flag, option, type Command, type Invocation } from '../command.ts';
import { ISSUERS_PAGE } from '../issuer/network-issuers.ts';

interface Row {
  readonly url: string;
  readonly keys: string;
  readonly keyCount: number;
  readonly freshUntil: number | undefined;
  readonly staleUntil: number | undefined;
  readonly why: string | undefined;
}

export const issuers: Command = {
  name: 'issuers',
  summary: 'Show the issuers that a running Sojourn has asked for keys, and their state.',
  usage: 'sojourn issuers [--endpoint URL] [--json]',
  details:
    'Answered on the machine that Sojourn runs on, under a loopback name only. Issuers that sojourn dev stands in for\n' +
    'are not asked and not shown. Exit code 0: all keys are fresh, 1: an issuer has stale keys or none.',
  examples: ['sojourn issuers', 'sojourn issuers --endpoint https://localhost:8443 --json'],
  options: () => [
    {
      name: 'endpoint',
      value: 'URL',
      help: 'The server. Default http://127.0.0.1:4566. [SOJOURN_ENDPOINT, AWS_ENDPOINT_URL]',
    },
    { name: 'json', value: '', help: 'Print the answer as JSON.' },
  ],
  async run(call) {
    const endpoint =
      option(call, 'endpoint') ??
      call.env['SOJOURN_ENDPOINT'] ??
      call.env['AWS_ENDPOINT_URL'] ??
      'http://127.0.0.1:4566';
    const answer = await ask(endpoint);
    if (typeof answer === 'string') {
      call.err(`sojourn issuers: ${answer}`);
      return 2;
    }
    const rows = rowsOf(answer.value);
    if (flag(call, 'json')) call.out(JSON.stringify(answer.value, null, 2));
    else print(call, rows);
    return rows.every(({ keys }) => keys === 'fresh') ? 0 : 1;
  },
};

async function ask(endpoint: string): Promise<{ readonly value: unknown } | string> {
  const base = URL.parse(endpoint);
  if (base === null) return `--endpoint ${endpoint} is no URL.`;
  try {
    const response = await fetch(new URL(`/_sojourn${ISSUERS_PAGE}`, base));
    if (response.ok) return { value: await response.json() };
    return `${endpoint} does not tell: ask on the machine that Sojourn runs on, at 127.0.0.1 or localhost.`;
  } catch {
    return `nothing answers at ${endpoint}: is Sojourn running? --endpoint names another place.`;
  }
}

function print(call: Invocation, rows: readonly Row[]): void {
  if (rows.length === 0) return call.out('No issuer has been asked for keys yet.');
  for (const { url, keys, keyCount, freshUntil, staleUntil, why } of rows) {
    const until = keys === 'fresh' ? freshUntil : staleUntil;
    const held = keys === 'none' ? 'no keys' : `${keyCount} keys, ${keys} until ${timeOf(until)}`;
    call.out(`${url}  ${held}`);
    if (why !== undefined) call.out(`  last fetch failed: ${why}`);
  }
}

function rowsOf(value: unknown): readonly Row[] {
  if (!isRecord(value) || !Array.isArray(value['issuers'])) return [];
  const list: readonly unknown[] = value['issuers'];
  return list.filter(isRecord).map((state) => ({
    url: text(state['url']),
    keys: text(state['keys']),
    keyCount: number(state['keyCount']) ?? 0,
    freshUntil: number(state['freshUntil']),
    staleUntil: number(state['staleUntil']),
    why: isRecord(state['failure']) ? text(state['failure']['why']) : undefined,
  }));
}

function timeOf(milliseconds: number | undefined): string {
  return milliseconds === undefined ? 'unknown' : new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** What an issuer made part of a reason must not move the operator's cursor. */
function text(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll(/[\p{Cc}\p{Cf}]/gu, '·') : 'unknown';
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
