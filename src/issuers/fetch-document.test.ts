/** The network's misbehaviour, by real https servers. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { createSecureContext } from 'node:tls';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { addressGuard } from './address-guard.ts';
import type { Resolve } from './checked-addresses.ts';
import { discover, discoveryUrl } from './discovery.ts';
import { fetchDocument } from './fetch-document.ts';
import type { FetchedDocument, Reach } from './fetch-document.ts';
import { json, loopback, redirect, startIssuer, testRoot } from './testing/https-issuer.ts';

const reach: Reach = {
  guard: addressGuard(['127.0.0.1']),
  resolve: loopback,
  secureContext: createSecureContext({ ca: [testRoot.pem] }),
};

function fetchWith(url: string, change: Partial<Reach> = {}, milliseconds = 5000): Promise<FetchedDocument> {
  return fetchDocument(url, { ...reach, ...change }, AbortSignal.timeout(milliseconds));
}

async function refused(fetching: Promise<FetchedDocument>, why: RegExp): Promise<void> {
  const fetched = await fetching;
  assert.ok(fetched.kind === 'failure', 'a document came');
  assert.match(fetched.why, why);
}

/** A resolver that notes what it was asked. */
function noting(resolve: Resolve): { readonly resolve: Resolve; readonly names: string[] } {
  const names: string[] = [];
  return {
    names,
    resolve: (host) => {
      names.push(host);
      return resolve(host);
    },
  };
}

test('a document comes with what the cache and the trust need', async (t) => {
  const issuer = await startIssuer(t);
  issuer.routes.set('/a', (request, response) => {
    assert.equal(request.headers['accept-encoding'], 'identity');
    response.setHeader('age', '7');
    json({ a: 1 }, 'max-age=600')(request, response);
  });
  const fetched = await fetchWith(`${issuer.url}/a`);
  assert.ok(fetched.kind === 'document', JSON.stringify(fetched));
  assert.deepEqual(fetched.value, { a: 1 });
  assert.equal(fetched.cacheControl, 'max-age=600');
  assert.equal(fetched.age, 7);
  assert.equal(fetched.servers.length, 1);
  assert.equal(fetched.servers[0].trusted, true);
});

test('an IP literal is checked though no lookup hook is called for it', async (t) => {
  const issuer = await startIssuer(t);
  issuer.routes.set('/a', json({}));
  const { resolve, names } = noting(loopback);
  const allowed = await fetchWith(`https://127.0.0.1:${issuer.port}/a`, { resolve });
  assert.equal(allowed.kind, 'document');
  const guard = addressGuard([]);
  for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '[::1]', '169.254.169.254']) {
    await refused(fetchWith(`https://${host}:${issuer.port}/a`, { guard, resolve }), /is refused/);
  }
  assert.deepEqual(names, []);
  assert.equal(issuer.asked.length, 1);
});

test('a name is refused when one of its addresses is, and when it has none', async (t) => {
  const issuer = await startIssuer(t);
  issuer.routes.set('/a', json({}));
  const guard = addressGuard([]);
  for (const addresses of [['127.0.0.1'], ['140.82.112.3', '10.0.0.1'], ['140.82.112.3', '::1'], ['not-an-address']]) {
    await refused(fetchWith(`${issuer.url}/a`, { guard, resolve: async () => addresses }), /is refused/);
  }
  await refused(fetchWith(`${issuer.url}/a`, { resolve: async () => [] }), /has no address/);
  await refused(fetchWith(`${issuer.url}/a`, { resolve: () => Promise.reject(new Error('ENOTFOUND')) }), /ENOTFOUND/);
  assert.equal(issuer.asked.length, 0);
});

test('DNS rebinding: the name is asked once, the connection goes to the answer that was checked', async (t) => {
  const issuer = await startIssuer(t);
  issuer.routes.set('/a', json({}));
  let asked = 0;
  const resolve: Resolve = async () => (asked++ === 0 ? ['127.0.0.1'] : ['169.254.169.254']);
  assert.equal((await fetchWith(`${issuer.url}/a`, { resolve })).kind, 'document');
  assert.equal(asked, 1);
  await refused(fetchWith(`${issuer.url}/a`, { resolve }), /169\.254\.169\.254/);
});

test('only https, no user in the URL, no endless URL', async () => {
  await refused(fetchWith('http://issuer.example/a'), /not https/);
  await refused(fetchWith('file:///etc/passwd'), /not https/);
  await refused(fetchWith('https://user:pass@issuer.example/'), /holds a user/);
  await refused(fetchWith('https://'), /cannot be read/);
  await refused(fetchWith(`https://issuer.example/${'a'.repeat(3000)}`), /too long/);
});

test('five redirects are followed, a sixth is not, and each is checked anew', async (t) => {
  const issuer = await startIssuer(t);
  for (let n = 0; n < 6; n++) issuer.routes.set(`/${n}`, redirect(n === 5 ? `${issuer.url}/end` : `/${n + 1}`));
  issuer.routes.set('/end', json({ end: true }));
  const five = await fetchWith(`${issuer.url}/1`);
  assert.ok(five.kind === 'document');
  assert.equal(five.servers.length, 6);
  await refused(fetchWith(`${issuer.url}/0`), /redirects more than 5 times/);
  const cases: readonly (readonly [string, RegExp])[] = [
    [`http://issuer.example:${issuer.port}/end`, /not https/],
    ['https://[::1]/end', /::1, which is refused \(loopback\)/],
    ['https://169.254.169.254/latest/meta-data', /metadata/],
    ['https://user@issuer.example/', /holds a user/],
    ['https://:bad', /redirects to nowhere/],
  ];
  for (const [location, why] of cases) {
    issuer.routes.set('/away', redirect(location, 307));
    await refused(fetchWith(`${issuer.url}/away`), why);
  }
  issuer.routes.set('/bare', (_request, response) => void response.writeHead(302).end());
  await refused(fetchWith(`${issuer.url}/bare`), /redirects to nowhere/);
});

test('a redirect to a name that resolves into the own network is refused', async (t) => {
  const issuer = await startIssuer(t);
  issuer.routes.set('/a', redirect('https://inside.example/secret'));
  const { resolve, names } = noting(async (host) => (host === 'inside.example' ? ['10.0.0.5'] : ['127.0.0.1']));
  await refused(fetchWith(`${issuer.url}/a`, { resolve }), /inside\.example is at 10\.0\.0\.5/);
  assert.deepEqual(names, ['issuer.example', 'inside.example']);
});

test('an issuer that drips is left when its time is over, wherever it drips', async (t) => {
  const issuer = await startIssuer(t);
  issuer.routes.set('/silent', () => undefined);
  issuer.routes.set('/drip', (_request, response) => drip(t, () => void response.write(' ')));
  issuer.routes.set('/head', (request) => {
    request.socket.write('HTTP/1.1 200 OK\r\n');
    drip(t, () => void request.socket.write('x'));
  });
  for (const path of ['/silent', '/drip', '/head']) {
    const started = performance.now();
    await refused(fetchWith(issuer.url + path, {}, 300), /timeout|aborted/);
    assert.ok(performance.now() - started < 3000, path);
  }
  await refused(fetchWith(issuer.url, { resolve: () => new Promise(() => undefined) }, 300), /timeout|aborted/);
});

test('an endless body is left at one mebibyte, a large one that is announced is not begun', async (t) => {
  const issuer = await startIssuer(t);
  let sent = 0;
  issuer.routes.set('/endless', (_request, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, 32))) sent += 65_536;
    };
    response.on('drain', more);
    more();
  });
  issuer.routes.set('/large', (_request, response) => {
    response.writeHead(200, { 'content-length': String(2 ** 31) }).flushHeaders();
  });
  issuer.routes.set('/fits', (_request, response) => void response.end(`"${'a'.repeat(1024 * 1024 - 2)}"`));
  issuer.routes.set('/over', (_request, response) => void response.end(`"${'a'.repeat(1024 * 1024 - 1)}"`));
  await refused(fetchWith(`${issuer.url}/endless`), /more than 1048576 bytes/);
  assert.ok(sent < 64 * 1024 * 1024);
  await refused(fetchWith(`${issuer.url}/large`), /more than 1048576 bytes/);
  await refused(fetchWith(`${issuer.url}/over`), /more than 1048576 bytes/);
  assert.equal((await fetchWith(`${issuer.url}/fits`)).kind, 'document');
});

test('a compressed answer is refused unread', async (t) => {
  const issuer = await startIssuer(t);
  for (const encoding of ['gzip', 'br', 'deflate, gzip', 'GZIP']) {
    issuer.routes.set('/bomb', (_request, response) => {
      response.setHeader('content-encoding', encoding).end(gzipSync(Buffer.alloc(1_000_000)));
    });
    await refused(fetchWith(`${issuer.url}/bomb`), /answered compressed/);
  }
});

test('what is not 200, not JSON, not UTF-8 or cut short is refused', async (t) => {
  const issuer = await startIssuer(t);
  issuer.routes.set('/html', (_request, response) => void response.end('<html>'));
  issuer.routes.set('/latin', (_request, response) => void response.end(Buffer.from([0x22, 0xe9, 0x22])));
  issuer.routes.set('/deep', (_request, response) => void response.end('['.repeat(1_000_000)));
  issuer.routes.set('/500', (_request, response) => void response.writeHead(500).end('{}'));
  issuer.routes.set('/cut', (_request, response) => {
    response.writeHead(200, { 'content-length': '10' }).write('{}');
    setImmediate(() => response.destroy());
  });
  issuer.routes.set('/101', (request) => {
    request.socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n');
  });
  issuer.routes.set('/early', (request) => void request.socket.destroy());
  await refused(fetchWith(`${issuer.url}/101`), /ended without an answer/);
  await refused(fetchWith(`${issuer.url}/early`), /hang up|ECONNRESET/);
  await refused(fetchWith(`${issuer.url}/html`), /not JSON/);
  await refused(fetchWith(`${issuer.url}/latin`), /not JSON in UTF-8/);
  await refused(fetchWith(`${issuer.url}/deep`), /not JSON/);
  await refused(fetchWith(`${issuer.url}/500`), /answered 500/);
  await refused(fetchWith(`${issuer.url}/missing`), /answered 404/);
  await refused(fetchWith(`${issuer.url}/cut`), /aborted|ECONNRESET|hang up/);
});

test('discovery: the slash, the issuer to the letter, an https jwks_uri', async (t) => {
  assert.equal(discoveryUrl('https://a.example/x'), 'https://a.example/x/.well-known/openid-configuration');
  assert.equal(discoveryUrl('https://a.example/x/'), 'https://a.example/x/.well-known/openid-configuration');
  assert.equal(discoveryUrl('https://a.example/x//'), 'https://a.example/x//.well-known/openid-configuration');

  const issuer = await startIssuer(t);
  const ask = async (document: unknown, url = issuer.url) => {
    issuer.routes.set('/.well-known/openid-configuration', json(document));
    return discover(url, reach, AbortSignal.timeout(5000));
  };
  const good = await ask({ issuer: issuer.url, jwks_uri: `${issuer.url}/keys` });
  assert.ok(good.kind === 'discovered');
  assert.equal(good.jwksUri, `${issuer.url}/keys`);

  const jwks_uri = `${issuer.url}/keys`;
  for (const said of [
    `${issuer.url}/`,
    issuer.url.toUpperCase(),
    `${issuer.url}/x`,
    'https://other.example',
    5,
    null,
  ]) {
    const discovered = await ask({ issuer: said, jwks_uri });
    assert.ok(discovered.kind === 'failure', String(said));
    assert.match(discovered.why, /names another issuer/);
  }
  const slashed = await ask({ issuer: `${issuer.url}/`, jwks_uri }, `${issuer.url}/`);
  assert.equal(slashed.kind, 'discovered');
  for (const uri of [`http://issuer.example/keys`, '/keys', 7, null]) {
    const discovered = await ask({ issuer: issuer.url, jwks_uri: uri });
    assert.ok(discovered.kind === 'failure');
    assert.match(discovered.why, /not an https URL/);
  }
  for (const document of [[], null, 'text', {}, { issuer: issuer.url }]) {
    assert.equal((await ask(document)).kind, 'failure');
  }
});

function drip(t: TestContext, drop: () => void): void {
  const timer = setInterval(drop, 50);
  t.after(() => clearInterval(timer));
}
