import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings, type SettingsAnswer, type SettingSources } from './read-settings.ts';
import type { Settings } from './settings.ts';

function read(
  sources: Partial<SettingSources> & { readonly files?: Readonly<Record<string, string>> },
): SettingsAnswer {
  return readSettings({
    flags: {},
    env: {},
    config: undefined,
    readFile: (path) => {
      const text = sources.files?.[path];
      if (text === undefined) throw new Error('ENOENT');
      return text;
    },
    ...sources,
  });
}

function settings(sources: Parameters<typeof read>[0]): Settings {
  const answer = read(sources);
  assert.equal(answer.kind, 'settings', answer.kind === 'problems' ? answer.problems.join('\n') : '');
  assert.ok(answer.kind === 'settings');
  return answer.settings;
}

function problems(sources: Parameters<typeof read>[0]): string {
  const answer = read(sources);
  assert.ok(answer.kind === 'problems', 'the settings were accepted');
  return answer.problems.join('\n');
}

test('without anything the defaults hold: loopback, port 4566, account of zeros', () => {
  const found = settings({});
  assert.equal(found.host, '127.0.0.1');
  assert.equal(found.port, 4566);
  assert.equal(found.account, '000000000000');
  assert.equal(found.data, '.sojourn');
  assert.deepEqual(found.allowIssuerAddress, []);
});

test('a flag wins over a variable, a variable over the file, the file over the default', () => {
  const config = 'sojourn.yaml';
  const files = { [config]: 'port: 1\nregion: eu-west-1\naccount: "123456789012"\n' };
  const found = settings({
    config,
    files,
    env: { SOJOURN_PORT: '2', SOJOURN_REGION: 'eu-west-2' },
    flags: { port: ['3'] },
  });
  assert.equal(found.port, 3);
  assert.equal(found.region, 'eu-west-2');
  assert.equal(found.account, '123456789012');
});

test('unknown keys are refused by name, with the nearest setting, in the file and in the environment', () => {
  const found = problems({ config: 'c', files: { c: 'prot: 1\n' }, env: { SOJOURN_HOSTS: 'x' } });
  assert.match(found, /c has the unknown setting 'prot'\. Did you mean 'port'\?/);
  assert.match(found, /SOJOURN_HOSTS is not a setting\. Did you mean 'host'\?/);
});

test('every problem is told at once, each naming where the value came from', () => {
  const found = problems({
    flags: { port: ['99999'], account: ['12'] },
    env: { SOJOURN_ALLOW_ISSUER_ADDRESS: '10.0.0.0/8, nonsense' },
  });
  assert.match(found, /--port '99999' is not a port/);
  assert.match(found, /--account '12' is not an account id/);
  assert.match(found, /SOJOURN_ALLOW_ISSUER_ADDRESS 'nonsense' is not an address block/);
});

test('beyond loopback TLS or the loudly named flag is needed', () => {
  assert.match(problems({ flags: { host: ['0.0.0.0'] } }), /Without TLS anyone .* could read credentials/);
  assert.match(problems({ flags: { host: ['::'] } }), /Without TLS/);
  assert.equal(
    settings({ flags: { host: ['0.0.0.0'], 'insecure-plaintext-beyond-loopback': ['true'] } }).host,
    '0.0.0.0',
  );
  assert.equal(settings({ flags: { host: ['0.0.0.0'], 'tls-cert': ['c'], 'tls-key': ['k'] } }).tlsCert, 'c');
  assert.match(problems({ flags: { 'tls-cert': ['c'] } }), /--tls-cert and --tls-key go together/);
});

test('the root key comes as a pair; the secret may come from a file and is never quoted', () => {
  const files = { secret: 'abcdefghijklmnopqrst\n' };
  const flags = { 'root-access-key-id': ['AKIAIOSFODNN7EXAMPLE'], 'root-secret-access-key-file': ['secret'] };
  assert.equal(settings({ files, flags }).rootSecretAccessKey, 'abcdefghijklmnopqrst');
  assert.match(problems({ flags: { 'root-access-key-id': ['AKIAIOSFODNN7EXAMPLE'] } }), /go together/);
  const short = problems({
    flags: { 'root-access-key-id': ['AKIAIOSFODNN7EXAMPLE'], 'root-secret-access-key': ['tooshort'] },
  });
  assert.match(short, /has fewer than 16/);
  assert.doesNotMatch(short, /tooshort/);
  assert.match(problems({ flags }), /cannot be read/);
});

test('a file that is no mapping, no YAML or not there is a sentence', () => {
  assert.match(problems({ config: 'c', files: { c: '- 1\n' } }), /is not a mapping/);
  assert.match(problems({ config: 'c', files: { c: 'a: [\n' } }), /cannot be read/);
  assert.match(problems({ config: 'c', files: {} }), /cannot be read/);
  assert.match(problems({ config: 'c', files: { c: 'port: [1, 2]\n' } }), /port in c is not a single value/);
  assert.equal(settings({ config: 'c', files: { c: '' } }).port, 4566);
});

test('what bounds the keys of issuers is checked, and rows and issuers beyond AWS are read', () => {
  const found = settings({
    config: 'c',
    files: {
      c: [
        'issuer-ca: [a.pem, b.pem]',
        'issuer-key-ttl: 120',
        'refuse-token-reuse: https://gitlab.com',
        'claims-to-tags:',
        '  - https://token.actions.githubusercontent.com repository=repository transitive',
      ].join('\n'),
    },
  });
  assert.deepEqual(found.issuerCa, ['a.pem', 'b.pem']);
  assert.deepEqual([found.issuerKeyTtl, found.issuerKeyStale], [120, 3600]);
  assert.deepEqual(found.refuseTokenReuse, ['gitlab.com']);
  assert.deepEqual(found.claimsToTags, [
    'https://token.actions.githubusercontent.com repository=repository transitive',
  ]);
  assert.equal(settings({ flags: { 'issuer-key-min-ttl': ['2'] } }).issuerKeyMinTtl, 2);
  assert.match(problems({ flags: { 'issuer-key-min-ttl': ['1'] } }), /'1' is not a number of seconds from 2 to 86400/);
  assert.match(
    problems({ flags: { 'issuer-key-min-ttl': ['3601'] } }),
    /--issuer-key-min-ttl is longer than --issuer-key-ttl\./,
  );
  assert.match(problems({ flags: { 'issuer-key-ttl': ['59'] } }), /'59' is not a number of seconds from 60 to 86400/);
  assert.match(problems({ flags: { 'issuer-key-stale': ['1d'] } }), /'1d' is not a number of seconds/);
  assert.match(problems({ flags: { 'refuse-token-reuse': ['gitlab.com'] } }), /is not an issuer such as/);
  assert.match(problems({ env: { SOJOURN_CLAIMS_TO_TAGS: 'repository' } }), /'repository' is not a row such as/);
});

test('the public URL is where others reach the service: http or https, without a slash, query or name at the end', () => {
  assert.equal(settings({}).publicUrl, undefined);
  const url = 'https://sts.example.com:8443/behind/a/proxy';
  assert.equal(settings({ flags: { 'public-url': [url] } }).publicUrl, url);
  for (const text of ['sts.example.com', 'https://h/', 'https://h?x', 'https://h#x', 'https://u:p@h', 'ftp://h', '']) {
    assert.match(problems({ env: { SOJOURN_PUBLIC_URL: text } }), /is not a URL such as/, text);
  }
});
