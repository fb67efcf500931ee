import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IssuerState } from '../../issuers/key-cache.ts';
import type { Incoming } from '../../server/incoming.ts';
import { Metrics } from '../../server/metrics.ts';
import type { Reply } from '../../server/reply.ts';
import { issuerGauges, issuersPage } from './network-issuers.ts';

const STATE: IssuerState = {
  url: 'https://tenant.example',
  keys: 'fresh',
  keyCount: 2,
  fetchedAt: 1,
  freshUntil: 2,
  staleUntil: 3,
  failure: undefined,
  fetching: false,
  fetches: 5,
  failures: 1,
};

function ask(
  change: {
    readonly method?: string;
    readonly sourceIp?: string;
    readonly host?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly path?: string;
  } = {},
): Promise<Reply | undefined> {
  const {
    method = 'GET',
    sourceIp = '127.0.0.1',
    host = '127.0.0.1:4566',
    headers = {},
    path = '/api/issuers',
  } = change;
  const incoming: Incoming = {
    http: { method, headers, query: new Map(), sourceIp, secure: false, trailers: new Map() },
    rawPath: `/_sojourn${path}`,
    rawQuery: '',
    headerList: [],
    host,
    authority: undefined,
    body: {
      [Symbol.asyncIterator]: () => {
        throw new TypeError('nobody reads a body here');
      },
    },
    wholeBody: () => Promise.reject(new TypeError('nobody reads a body here')),
  };
  return issuersPage(() => [STATE])(path, incoming);
}

test('the page tells this machine, under any loopback name', async () => {
  for (const host of ['127.0.0.1:4566', 'localhost:1', '[::1]:4566', 'LOCALHOST']) {
    const reply = await ask({ host });
    assert.equal(reply?.status, 200, host);
    assert.deepEqual(JSON.parse(String(reply?.body)), { issuers: [JSON.parse(JSON.stringify(STATE))], total: 1 });
  }
});

test('nobody else: another address, a name made to point here, a client behind a proxy', async () => {
  assert.equal(await ask({ sourceIp: '10.0.0.1' }), undefined);
  for (const host of ['evil.example', '127.0.0.1.evil.example', '', 'a b', 'localhost.evil.example:4566']) {
    assert.equal(await ask({ host }), undefined, host);
  }
  for (const header of ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']) {
    assert.equal(await ask({ headers: { [header]: '127.0.0.1' } }), undefined, header);
  }
  assert.equal(await ask({ path: '/api/issuers/x' }), undefined);
  assert.equal((await ask({ method: 'POST' }))?.status, 405);
});

test('metrics count issuers by the state of their keys, and never name one', () => {
  const states: readonly IssuerState[] = [
    STATE,
    { ...STATE, keys: 'stale', failure: { why: 'down "x"\n', at: 1 } },
    { ...STATE, keys: 'none', failures: 3 },
  ];
  const printed = new Metrics(issuerGauges(() => states)).print();
  assert.match(printed, /^sojourn_issuers\{keys="fresh"\} 1$/m);
  assert.match(printed, /^sojourn_issuers\{keys="stale"\} 1$/m);
  assert.match(printed, /^sojourn_issuers\{keys="none"\} 1$/m);
  assert.match(printed, /^sojourn_issuer_last_fetch_failed 1$/m);
  assert.match(printed, /^sojourn_issuer_fetches 15$/m);
  assert.match(printed, /^sojourn_issuer_fetch_failures 5$/m);
  assert.doesNotMatch(printed, /tenant|"x"/);
});
