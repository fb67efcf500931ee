import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { makeIdentity, readAuthority } from './certificates.ts';

const root = makeIdentity('Root', { authority: true });

test('a certificate names its hosts and addresses, and is its issuer’s', () => {
  const hosts = ['issuer.example', '127.0.0.1', '::1', '2001:db8::1:0:2'];
  const leaf = new X509Certificate(makeIdentity('leaf', { issuer: root, hosts }).pem);
  const authority = new X509Certificate(root.pem);
  assert.ok(leaf.checkIssued(authority) && leaf.verify(authority.publicKey));
  assert.ok(authority.ca && !leaf.ca);
  assert.equal(leaf.checkHost('issuer.example'), 'issuer.example');
  for (const address of ['127.0.0.1', '::1', '2001:db8::1:0:2']) assert.equal(leaf.checkIP(address), address);
  assert.equal(leaf.checkHost('other.example'), undefined);
  assert.equal(leaf.checkIP('127.0.0.2'), undefined);
  assert.deepEqual(leaf.keyUsage, ['1.3.6.1.5.5.7.3.1']);
});

test('an authority can be kept as PEM and signs as before; what is none is not read', () => {
  const kept = readAuthority('Root', root.pem, root.keyPem);
  assert.ok(kept !== undefined);
  const leaf = new X509Certificate(makeIdentity('leaf', { issuer: kept, hosts: ['a.example'] }).pem);
  assert.ok(leaf.verify(new X509Certificate(root.pem).publicKey));
  const other = makeIdentity('Root', { authority: true });
  const notCa = makeIdentity('Root');
  for (const [pem, key] of [
    [root.pem, other.keyPem],
    [notCa.pem, notCa.keyPem],
    ['', root.keyPem],
    [root.pem, 'x'],
  ] as const) {
    assert.equal(readAuthority('Root', pem, key), undefined);
  }
  assert.equal(readAuthority('Other', root.pem, root.keyPem), undefined);
});
