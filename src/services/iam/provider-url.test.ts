import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServiceError } from '../../base/service-error.ts';
import { issuerOfUrl } from './provider-url.ts';

test('the issuer is the URL without its scheme: path and trailing slash kept, :443 dropped', () => {
  const cases = [
    ['https://token.actions.githubusercontent.com', 'token.actions.githubusercontent.com'],
    ['https://token.actions.githubusercontent.com/my-enterprise', 'token.actions.githubusercontent.com/my-enterprise'],
    ['https://tenant.auth0.com/', 'tenant.auth0.com/'],
    ['https://issuer.example:443/oidc', 'issuer.example/oidc'],
    ['https://oidc.circleci.com/org/1234-5678', 'oidc.circleci.com/org/1234-5678'],
  ] as const;
  for (const [url, issuer] of cases) assert.equal(issuerOfUrl(url), issuer);
});

test('every other form is refused with AWS’s sentence for it', () => {
  const noScheme = ['ValidationError', 'Invalid Open ID Connect Provider URL'];
  const notHttps = ['InvalidInput', 'Invalid Open ID Connect Provider URL. The URL must begin with https://.'];
  const malformed = ['InvalidInput', 'Invalid Open ID Connect Provider URL.'];
  const cases = [
    ['token.actions.githubusercontent.com', noScheme],
    ['://issuer.example', noScheme],
    ['http://issuer.example', notHttps],
    ['HTTPS://issuer.example', notHttps],
    ['https://issuer.example:8443', malformed],
    ['https://issuer.example?x=1', ['InvalidInput', 'Unknown']],
    ['https://issuer.example/#fragment', ['InvalidInput', 'Unknown']],
    ['https://user@issuer.example', malformed],
    ['https://issuer.example/a b', malformed],
    ['https://issuer..example', malformed],
    ['https://', malformed],
    ['https://[::1]', malformed],
  ] as const;
  for (const [url, [code, message]] of cases) {
    assert.throws(
      () => issuerOfUrl(url),
      (error) => error instanceof ServiceError && error.code === code && error.message === message,
      url,
    );
  }
});
