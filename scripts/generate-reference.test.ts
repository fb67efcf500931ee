import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateReference } from './generate-reference.ts';

const pages = await generateReference();

test('the reference names every setting, command and service', () => {
  assert.equal(pages.size, 3);
  assert.match(pages.get('settings.md') ?? '', /--allow-issuer-address CIDR/);
  assert.match(pages.get('commands.md') ?? '', /## sojourn explain/);
  assert.match(pages.get('operations.md') ?? '', /\| AssumeRoleWithWebIdentity \|/);
});

test('operations stand with the condition keys that their calls give to policies', () => {
  const row = (name: string): string =>
    pages
      .get('operations.md')
      ?.split('\n')
      .find((line) => line.startsWith(`| ${name} |`)) ?? '';
  for (const key of ['aws:RequestTag/${TagKey}', 'aws:TagKeys', 'iam:PermissionsBoundary']) {
    assert.ok(row('CreateRole').includes(`\`${key}\``), key);
  }
  assert.ok(row('AttachRolePolicy').includes('`iam:PolicyARN`'));
  assert.ok(row('PutObject').includes('`s3:x-amz-server-side-encryption`'));
  assert.ok(!row('GetObject').includes('`s3:x-amz-acl`'), 'a read has no key of a write');
  assert.doesNotMatch(pages.get('operations.md') ?? '', /sampled-tag/);
});

for (const [name, text] of pages) {
  test(`docs/reference/${name} is what the tables say: npm run generate makes it anew`, () => {
    const committed = readFileSync(join(import.meta.dirname, '..', 'docs', 'reference', name), 'utf8');
    assert.ok(committed === text, `docs/reference/${name} differs from what npm run generate makes`);
  });
}
