/** `sojourn issuers` and the metrics, asked of a real server whose issuers are fresh, stale and gone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issuers } from '../../src/cli/commands/issuers.ts';
import { besiege, ISSUER, trusting } from '../attacks/siege.ts';

const siege = await besiege();

async function ask(
  ...flags: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await issuers.run({
    options: { endpoint: [siege.server.url], ...Object.fromEntries(flags.map((name) => [name, ['true']])) },
    positionals: [],
    env: {},
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    terminal: false,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('the command says which issuers were asked, how long their keys hold, and why a fetch failed', async () => {
  assert.deepEqual(await ask(), { code: 0, out: 'No issuer has been asked for keys yet.', err: '' });
  await siege.letIn(siege.token());
  const fresh = await ask();
  assert.equal(fresh.code, 0);
  assert.match(fresh.out, /^https:\/\/issuer\.example {2}1 keys, fresh until \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

  const url = 'https://down.example';
  const down = await siege.issuer(url);
  down.routes.set('/.well-known/openid-configuration', (_request, response) => void response.writeHead(503).end());
  await siege.provider(url);
  await siege.role('down', url, trusting(url));
  await siege.assume(siege.token({ iss: url }), 'down');
  const broken = await ask();
  assert.equal(broken.code, 1);
  assert.match(broken.out, /https:\/\/down\.example {2}no keys\n {2}last fetch failed: .* answered 503/);

  const listed: { readonly total: number; readonly issuers: readonly { readonly url: string }[] } = JSON.parse(
    (await ask('json')).out,
  );
  assert.equal(listed.total, 2);
  assert.deepEqual(
    listed.issuers.map((one) => one.url),
    [ISSUER, url],
  );
});

test('metrics tell the same in numbers', async () => {
  const text = await (await fetch(new URL('/_sojourn/metrics', siege.server.url))).text();
  assert.match(text, /^sojourn_issuers\{keys="fresh"\} 1$/m);
  assert.match(text, /^sojourn_issuers\{keys="none"\} 1$/m);
  assert.match(text, /^sojourn_issuer_last_fetch_failed 1$/m);
  assert.doesNotMatch(text, /down\.example/);
});

test('the page is not for other names than loopback’s, and a server that is not there is said so', async () => {
  const port = new URL(siege.server.url).port;
  assert.equal((await ask()).code, 1);
  const page = new URL('/_sojourn/api/issuers', siege.server.url);
  assert.equal((await fetch(page, { headers: { 'x-forwarded-for': '203.0.113.7' } })).status, 404);
  const nobody = await issuers.run({
    options: { endpoint: [`http://127.0.0.1:${Number(port) === 1 ? 2 : 1}`] },
    positionals: [],
    env: {},
    out: () => undefined,
    err: (text) => assert.match(text, /nothing answers at http:\/\/127\.0\.0\.1/),
    terminal: false,
  });
  assert.equal(nobody, 2);
});
