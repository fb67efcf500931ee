/** The aws CLI on a versioned bucket: what its high-level commands hide, find and cannot take away. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { missing, run, type Ran } from './programs.ts';
import { startSojourn, type RunningSojourn } from './running-sojourn.ts';

const skip = missing('aws');
const OBJECT = ['--bucket', 'kept', '--key', 'notes.txt'];
let sojourn: RunningSojourn;

before(async () => {
  if (skip === false) sojourn = await startSojourn();
});
after(async () => sojourn?.dispose());

test('a file that is overwritten and removed is found again, version by version', { skip }, async () => {
  const file = join(sojourn.data, 'notes.txt');
  await aws('s3', 'mb', 's3://kept');
  await aws('s3api', 'put-bucket-versioning', '--bucket', 'kept', '--versioning-configuration', 'Status=Enabled');
  assert.equal((await json('get-bucket-versioning', '--bucket', 'kept'))['Status'], 'Enabled');
  for (const text of ['first', 'second']) {
    writeFileSync(file, text);
    await aws('s3', 'cp', file, 's3://kept/notes.txt');
  }
  const [second, first] = await versions('Versions');
  assert.equal((await versions('Versions')).length, 2);
  await aws('s3api', 'get-object', ...OBJECT, '--version-id', first ?? '', `${file}.back`);
  assert.equal(readFileSync(`${file}.back`, 'utf8'), 'first');
  assert.equal((await json('head-object', ...OBJECT))['VersionId'], second);

  await aws('s3', 'rm', 's3://kept/notes.txt');
  const [marker] = await versions('DeleteMarkers');
  assert.equal((await attempt('s3', 'ls', 's3://kept/notes.txt')).code, 1);
  const gone = await attempt('s3', 'cp', 's3://kept/notes.txt', `${file}.back`);
  assert.match(gone.err, /\(404\) when calling the HeadObject operation/);
  const unread = await attempt('s3api', 'get-object', ...OBJECT, '--version-id', marker ?? '', `${file}.back`);
  assert.match(
    unread.err,
    /\(MethodNotAllowed\) when calling the GetObject operation: The specified method is not allowed/,
  );

  const undeleted = await json('delete-object', ...OBJECT, '--version-id', marker ?? '');
  assert.deepEqual(undeleted, { DeleteMarker: true, VersionId: marker });
  assert.equal((await aws('s3', 'cp', 's3://kept/notes.txt', '-')).out, 'second');
});

test('rb --force leaves the versions, so the bucket stays until they are deleted by their ids', { skip }, async () => {
  const forced = await attempt('s3', 'rb', 's3://kept', '--force');
  assert.notEqual(forced.code, 0);
  assert.match(
    forced.err,
    /\(BucketNotEmpty\) when calling the DeleteBucket operation: The bucket you tried to delete is not empty\. You must delete all versions in the bucket\./,
  );
  const ids = [...(await versions('Versions')), ...(await versions('DeleteMarkers'))];
  assert.equal(ids.length, 3, 'two versions, and the marker that --force put on top');
  const Objects = ids.map((VersionId) => ({ Key: 'notes.txt', VersionId }));
  const deleted = await json('delete-objects', '--bucket', 'kept', '--delete', JSON.stringify({ Objects }));
  assert.equal(Object(deleted['Deleted']).length, 3);
  await aws('s3', 'rb', 's3://kept');
});

test('the null version of a suspended bucket is one, and an id that was never given is refused', { skip }, async () => {
  await aws('s3', 'mb', 's3://kept');
  await aws('s3api', 'put-bucket-versioning', '--bucket', 'kept', '--versioning-configuration', 'Status=Suspended');
  const file = join(sojourn.data, 'notes.txt');
  for (let time = 0; time < 2; time++) await aws('s3', 'cp', file, 's3://kept/notes.txt');
  assert.deepEqual(await versions('Versions'), ['null']);
  const refused = await attempt('s3api', 'delete-object', ...OBJECT, '--version-id', 'A'.repeat(32));
  assert.match(
    refused.err,
    /\(InvalidArgument\) when calling the DeleteObject operation: Invalid version id specified/,
  );
  const mfa = await attempt(
    's3api',
    'put-bucket-versioning',
    '--bucket',
    'kept',
    '--versioning-configuration',
    'Status=Enabled,MFADelete=Enabled',
  );
  assert.match(
    mfa.err,
    /\(NotImplemented\) when calling the PutBucketVersioning operation: Sojourn does not implement MFA delete/,
  );
});

/** Version ids of the bucket, the newest first. */
async function versions(of: 'Versions' | 'DeleteMarkers'): Promise<string[]> {
  const listed = (await json('list-object-versions', '--bucket', 'kept'))[of];
  return Array.isArray(listed) ? listed.map((one: { readonly VersionId?: unknown }) => String(one.VersionId)) : [];
}

async function json(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { out } = await aws('s3api', ...args, '--output', 'json');
  const parsed: Readonly<Record<string, unknown>> = out === '' ? {} : JSON.parse(out);
  return parsed;
}

async function aws(...args: readonly string[]): Promise<Ran> {
  const ran = await attempt(...args);
  assert.equal(ran.code, 0, ran.err);
  return ran;
}

function attempt(...args: readonly string[]): Promise<Ran> {
  return run('aws', args, { env: sojourn.env });
}
