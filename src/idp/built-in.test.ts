import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applicationIdRefusal, builtInIssuer, builtInPrincipal } from './built-in.ts';
import { SHARED_PROVIDERS } from './shared-providers.ts';

test("Google's issuer is built in with and without https, letter by letter (aws-federation 2)", () => {
  assert.equal(builtInIssuer('https://accounts.google.com')?.domain, 'accounts.google.com');
  assert.equal(builtInIssuer('accounts.google.com')?.domain, 'accounts.google.com');
  for (const iss of ['http://accounts.google.com', 'https://accounts.google.com/', 'https://Accounts.google.com', '']) {
    assert.equal(builtInIssuer(iss), undefined, iss);
  }
});

test('OAuth providers are principals, but no issuers of JWTs', () => {
  for (const domain of ['www.amazon.com', 'graph.facebook.com']) {
    assert.equal(builtInPrincipal(domain)?.providerId, domain);
    assert.equal(builtInIssuer(`https://${domain}`), undefined);
  }
  assert.equal(builtInPrincipal('token.actions.githubusercontent.com'), undefined);
});

test("AWS's sentence for a policy that lets every application in", () => {
  const google = builtInPrincipal('accounts.google.com');
  assert.ok(google);
  assert.equal(
    applicationIdRefusal(google),
    'Policy trusting accounts.google.com requires a StringEquals condition on an application id',
  );
});

test("AWS's table of shared providers has 22 issuers, each once", () => {
  assert.equal(SHARED_PROVIDERS.length, 22);
  assert.equal(new Set(SHARED_PROVIDERS.map((row) => row.issuer)).size, 22);
});
