/** The committed wire tables are what the generator makes of the models that they name. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cloudtrail } from '../src/wire/generated/cloudtrail.ts';
import { iam } from '../src/wire/generated/iam.ts';
import { organizations } from '../src/wire/generated/organizations.ts';
import { s3 } from '../src/wire/generated/s3.ts';
import { sts } from '../src/wire/generated/sts.ts';
import { generate, withNewerMembers } from './generate-wire-tables.ts';

const DIRECTORY = join(import.meta.dirname, '..', 'src', 'wire', 'generated');

/** Why the generator cannot be compared here, or false. */
function reasonToSkip(): string | false {
  const found = spawnSync('python3', ['-c', 'import botocore; print(botocore.__version__)'], { encoding: 'utf8' });
  if (found.status !== 0) return 'python3 with botocore is not here';
  const source = `botocore ${found.stdout.trim()}`;
  return source !== s3.source && `${source} is here, the tables are from ${s3.source}`;
}

test('the tables are of one version', () => {
  assert.equal(new Set([sts.source, iam.source, s3.source, organizations.source, cloudtrail.source]).size, 1);
});

test('the committed tables are what the generator makes', { skip: reasonToSkip() }, () => {
  const { files } = generate();
  assert.deepEqual(readdirSync(DIRECTORY).sort(), [...files.keys()].sort());
  for (const [name, text] of files) {
    assert.ok(readFileSync(join(DIRECTORY, name), 'utf8') === text, `${name} differs: run npm run generate`);
  }
});

test('a newer member stands after the one that it follows', () => {
  const packaged = { Request: { type: 'structure', members: { A: { shape: 'a' }, B: { shape: 'b' } } } };
  const newer = { shapes: { n: { type: 'string' } }, members: { Request: { after: 'A', name: 'N', shape: 'n' } } };
  const shapes = withNewerMembers(packaged, newer);
  assert.deepEqual(Object.keys(shapes['Request']?.members ?? {}), ['A', 'N', 'B']);
  assert.deepEqual(shapes['n'], { type: 'string' });
});

test('a newer member that no longer fits the model is no member', () => {
  const packaged = { Request: { type: 'structure', members: { A: { shape: 'a' } } } };
  const at = (structure: string, after: string, name: string) => ({
    shapes: {},
    members: { [structure]: { after, name, shape: 'a' } },
  });
  assert.throws(() => withNewerMembers(packaged, at('Other', 'A', 'N')), /no structure Other for N/);
  assert.throws(() => withNewerMembers(packaged, at('Request', 'B', 'N')), /Request has no B for N to follow/);
  assert.throws(() => withNewerMembers(packaged, at('Request', 'A', 'A')), /Request has A by now/);
  const known = { shapes: { Request: { type: 'structure' } }, members: {} };
  assert.throws(() => withNewerMembers(packaged, known), /the model has the shape Request by now/);
});
