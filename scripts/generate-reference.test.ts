import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateReference } from './generate-reference.ts';

const pages = generateReference();

test('the reference names every setting, command and service', () => {
  assert.equal(pages.size, 3);
  assert.match(pages.get('settings.md') ?? '', /--allow-issuer-address CIDR/);
  assert.match(pages.get('commands.md') ?? '', /## sojourn explain/);
  assert.match(pages.get('operations.md') ?? '', /\| AssumeRoleWithWebIdentity \|/);
});

for (const [name, text] of pages) {
  test(`docs/reference/${name} is what the tables say: npm run generate makes it anew`, () => {
    const committed = readFileSync(join(import.meta.dirname, '..', 'docs', 'reference', name), 'utf8');
    assert.ok(committed === text, `docs/reference/${name} differs from what npm run generate makes`);
  });
}
