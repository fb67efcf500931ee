/** ListObjectVersions, as observed on AWS in September 2026. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { element, elements } from './s3-suite.ts';
import { put, versioned } from './versions-suite.ts';

test('the listing of versions pages through keys and versions, markers and common prefixes', async (t) => {
  const s3 = await versioned(t);
  const a1 = await put(s3, 'a/file', '1');
  const a2 = await put(s3, 'a/file', '2');
  const b = await put(s3, 'b/file', '1');
  const p = await put(s3, 'package', '1');
  const marker = (await s3.send('DELETE /bucket/package')).headers.get('x-amz-version-id') ?? '';
  const space = await put(s3, 'space%20+', '1');
  const seen: unknown[] = [];
  let query = '';
  for (let pages = 0; pages < 10; pages++) {
    const { text } = await s3.send(`GET /bucket?versions&max-keys=1${query}`);
    seen.push(element(text, 'VersionId'));
    const [key, id] = [element(text, 'NextKeyMarker'), element(text, 'NextVersionIdMarker')];
    if (element(text, 'IsTruncated') === 'false') break;
    query = `&key-marker=${encodeURIComponent(key ?? '')}&version-id-marker=${id ?? ''}`;
  }
  assert.deepEqual(seen, [a2, a1, b, marker, p, space]);

  const grouped = (await s3.send('GET /bucket?versions&delimiter=/&max-keys=2')).text;
  assert.deepEqual(elements(grouped, 'Prefix'), ['', 'a/', 'b/']);
  assert.deepEqual(
    ['NextKeyMarker', 'NextVersionIdMarker', 'IsTruncated'].map((name) => element(grouped, name)),
    ['b/', undefined, 'true'],
  );
  const encoded = (await s3.send('GET /bucket?versions&encoding-type=url&prefix=space')).text;
  assert.equal(element(encoded, 'Key'), 'space+%2B');
  const markers = (await s3.send('GET /bucket?versions&prefix=package')).text;
  assert.match(
    element(markers, 'DeleteMarker') ?? '',
    /^<Owner><ID>[0-9a-f]{64}<\/ID><\/Owner>.*<IsLatest>true<\/IsLatest>/,
  );
  assert.match(element(markers, 'Version') ?? '', /<IsLatest>false<\/IsLatest>/);
  const none = (await s3.send('GET /bucket?versions&max-keys=0')).text;
  assert.deepEqual([element(none, 'IsTruncated'), element(none, 'MaxKeys')], ['false', '0']);
});

test('markers and page sizes of the listing are held to their rules', async (t) => {
  const s3 = await versioned(t);
  const id = await put(s3, 'k', '1');
  const sentence = async (query: string): Promise<readonly unknown[]> => {
    const answer = await s3.send(`GET /bucket?versions&${query}`);
    return [answer.status, element(answer.text, 'Message'), element(answer.text, 'ArgumentName')];
  };
  const orphan = 'A version-id marker cannot be specified without a key marker.';
  assert.deepEqual(await sentence(`version-id-marker=${id}`), [400, orphan, 'version-id-marker']);
  assert.deepEqual(await sentence(`key-marker=&version-id-marker=${id}`), [400, orphan, 'version-id-marker']);
  assert.deepEqual(await sentence('version-id-marker='), [400, orphan, 'version-id-marker']);
  assert.deepEqual(await sentence('key-marker=k&version-id-marker='), [
    400,
    'A version-id marker cannot be empty.',
    'version-id-marker',
  ]);
  assert.deepEqual(await sentence('key-marker=k&version-id-marker=no'), [
    400,
    'Invalid version id specified',
    'version-id-marker',
  ]);
  assert.deepEqual(await sentence('max-keys=-1'), [400, 'max-keys cannot be negative', 'max-keys']);
  assert.equal((await sentence('key-marker=k&version-id-marker=null'))[0], 200);
  assert.equal((await sentence('key-marker=nothing'))[0], 200);
});
