/**
 * Issuers that nobody here wrote: npm `oidc-provider` and `oauth2-mock-server`, each with its own discovery
 * document, key set and tokens, reached over https as any issuer is.
 */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { request } from 'node:https';
import { test } from 'node:test';
import { OAuth2Issuer, OAuth2Service } from 'oauth2-mock-server';
import Provider from 'oidc-provider';
import { testRoot, type Answer } from '../../src/issuers/testing/https-issuer.ts';
import { AUDIENCE, besiege, NO_KEY, NOT_A_JWT, NOT_AUTHORIZED, NOT_VALIDATED } from '../attacks/siege.ts';

const siege = await besiege({ empty: true, bounds: { unknownKidSeconds: 0 } });

async function trust(url: string, name: string, subject: string): Promise<void> {
  const prefix = url.replace('https://', '');
  await siege.provider(url);
  await siege.role(name, url, { StringEquals: { [`${prefix}:aud`]: AUDIENCE, [`${prefix}:sub`]: subject } });
}

/** A private key as oidc-provider's configuration has it. */
function privateJwk(kind: 'rsa' | 'ec', kid: string, alg: string): object {
  const { privateKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid, alg, use: 'sig' };
}

/** An oidc-provider that gives its one client signed access tokens for AWS. */
function openIDProvider(url: string, alg: string, keys: readonly object[]): Answer {
  const provider = new Provider(url, {
    jwks: { keys },
    clients: [
      {
        client_id: 'job',
        client_secret: 'secret',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        id_token_signed_response_alg: alg,
      },
    ],
    ttl: { ClientCredentials: 3600 },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'deploy',
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 3600,
          jwt: { sign: { alg } },
        }),
      },
    },
  });
  return provider.callback();
}

/** The client's own request to the token endpoint. */
function clientCredentials(host: string): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    resource: 'urn:aws',
    scope: 'deploy',
  }).toString();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  request(
    {
      host: '127.0.0.1',
      port: siege.portOf(host),
      servername: host,
      ca: testRoot.pem,
      method: 'POST',
      path: '/token',
      headers: {
        host,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': form.length,
        authorization: `Basic ${Buffer.from('job:secret').toString('base64')}`,
      },
    },
    (response) => {
      response.setEncoding('utf8');
      let body = '';
      response.on('data', (part: string) => (body += part));
      response.on('end', () => {
        const answer: { readonly access_token?: string } = JSON.parse(body);
        if (answer.access_token === undefined) reject(new Error(body));
        else resolve(answer.access_token);
      });
    },
  )
    .on('error', reject)
    .end(form);
  return promise;
}

for (const [alg, kind] of [
  ['RS256', 'rsa'],
  ['ES256', 'ec'],
  ['PS256', 'rsa'],
] as const) {
  test(`oidc-provider with ${alg}: ${alg === 'PS256' ? 'refused' : 'verified, and verified again after a rotation'}`, async () => {
    const host = `${alg.toLowerCase()}.op.example`;
    const url = `https://${host}`;
    const { routes } = await siege.issuer(url);
    const serve = (keys: readonly object[]): void => {
      const answer = openIDProvider(url, alg, keys);
      for (const path of ['/.well-known/openid-configuration', '/jwks', '/token']) routes.set(path, answer);
    };
    const old = privateJwk(kind, 'old', alg);
    serve([old]);
    await trust(url, alg, 'job');
    const token = await clientCredentials(host);
    if (alg === 'PS256') return siege.refused(token, NOT_A_JWT, alg);
    assert.equal((await siege.letIn(token, alg)).subject, 'job');
    const [header, payload, signature] = token.split('.');
    await siege.refused(
      [header, payload, [...(signature ?? '')].reverse().join('')].join('.'),
      { code: 'InvalidIdentityToken', message: /./ },
      alg,
    );

    serve([privateJwk(kind, 'new', alg), old]);
    await siege.letIn(await clientCredentials(host), alg);
    await siege.letIn(token, alg);
    serve([privateJwk(kind, 'newest', alg)]);
    await siege.letIn(await clientCredentials(host), alg);
    // The library signs by the real clock: ours comes back to it.
    siege.pass(301);
    await siege.refused(token, NO_KEY, alg);
    siege.pass(-301);
  });
}

test('oauth2-mock-server: RS256, ES384 and a rotation are verified, what it signs otherwise is refused', async () => {
  const url = 'https://mock.example';
  const { routes } = await siege.issuer(url);
  const issuer = new OAuth2Issuer();
  issuer.url = url;
  const { requestHandler } = new OAuth2Service(issuer);
  for (const path of ['/.well-known/openid-configuration', '/jwks']) routes.set(path, requestHandler);
  await trust(url, 'mock', 'job');
  const build = (kid: string, claims: Readonly<Record<string, unknown>> = {}): Promise<string> =>
    issuer.buildToken({
      kid,
      expiresIn: 300,
      scopesOrTransform: (_header, payload) => void Object.assign(payload, { sub: 'job', aud: AUDIENCE, ...claims }),
    });

  await issuer.keys.generate('RS256', { kid: 'first' });
  const first = await build('first');
  await siege.letIn(first, 'mock');
  await siege.refused(await build('first', { sub: 'other' }), NOT_AUTHORIZED, 'mock');
  await siege.refused(await build('first', { aud: 'other' }), NOT_VALIDATED, 'mock');
  await siege.refused(
    await build('first', { exp: undefined }),
    { code: 'InvalidIdentityToken', message: 'Missing a required claim: exp' },
    'mock',
  );

  await issuer.keys.generate('ES384', { kid: 'second', crv: 'P-384' });
  await siege.letIn(await build('second'), 'mock');
  await siege.letIn(first, 'mock');
  await issuer.keys.generate('PS256', { kid: 'third' });
  await siege.refused(await build('third'), NOT_A_JWT, 'mock');
  await issuer.keys.generate('EdDSA', { kid: 'fourth', crv: 'Ed25519' });
  await siege.refused(await build('fourth'), NOT_A_JWT, 'mock');
});
