import assert from 'node:assert/strict';
import { test } from 'node:test';
import { element, elements, openS3, type InProcess } from './s3-suite.ts';

async function withKeys(t: Parameters<typeof openS3>[0], keys: readonly string[]): Promise<InProcess> {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  for (const key of keys) await s3.send(`PUT /bucket/${encodeURIComponent(key).replaceAll('%2F', '/')}`, { body: key });
  return s3;
}

const KEYS = ['a', 'dir/1', 'dir/2', 'dir/sub/3', 'é', 'z'];

test('V2 lists keys in the order of their bytes, with what is known of each', async (t) => {
  const s3 = await withKeys(t, KEYS);
  const { text } = await s3.send('GET /bucket?list-type=2');
  assert.deepEqual(elements(text, 'Key'), ['a', 'dir/1', 'dir/2', 'dir/sub/3', 'z', 'é']);
  assert.equal(element(text, 'KeyCount'), '6');
  assert.equal(element(text, 'IsTruncated'), 'false');
  assert.equal(element(text, 'MaxKeys'), '1000');
  const [first = ''] = elements(text, 'Contents');
  assert.equal(element(first, 'Size'), '1');
  assert.equal(element(first, 'StorageClass'), 'STANDARD');
  assert.equal(element(first, 'LastModified'), '2026-11-22T12:00:01.000Z');
  assert.equal(element(first, 'ChecksumAlgorithm'), 'CRC64NVME');
  assert.equal(element(first, 'Owner'), undefined);
  const owned = (await s3.send('GET /bucket?list-type=2&fetch-owner=true')).text;
  assert.match(element(element(owned, 'Owner') ?? '', 'ID') ?? '', /^[0-9a-f]{64}$/);
});

test('a delimiter folds what lies below it', async (t) => {
  const s3 = await withKeys(t, KEYS);
  const list = async (query: string): Promise<readonly [readonly string[], readonly string[]]> => {
    const { text } = await s3.send(`GET /bucket?list-type=2&${query}`);
    return [elements(text, 'Key'), elements(text, 'CommonPrefixes').map((folded) => element(folded, 'Prefix') ?? '')];
  };
  assert.deepEqual(await list('delimiter=/'), [['a', 'z', 'é'], ['dir/']]);
  assert.deepEqual(await list('delimiter=/&prefix=dir/'), [['dir/1', 'dir/2'], ['dir/sub/']]);
  assert.deepEqual(await list('prefix=dir'), [['dir/1', 'dir/2', 'dir/sub/3'], []]);
  assert.deepEqual(await list('prefix=none'), [[], []]);
  assert.deepEqual(await list('start-after=dir/2'), [['dir/sub/3', 'z', 'é'], []]);
  assert.deepEqual(await list('delimiter='), [['a', 'dir/1', 'dir/2', 'dir/sub/3', 'z', 'é'], []]);
});

test('pages of any size join to the whole listing, folded or not, in both versions', async (t) => {
  const s3 = await withKeys(t, KEYS);
  for (const delimiter of ['', '&delimiter=/']) {
    const whole = (await s3.send(`GET /bucket?list-type=2${delimiter}`)).text;
    const names = (xml: string): readonly string[] => [
      ...elements(xml, 'Key'),
      ...elements(xml, 'CommonPrefixes').map((folded) => element(folded, 'Prefix') ?? ''),
    ];
    for (const size of [1, 2, 3]) {
      const seen: string[] = [];
      for (let token: string | undefined = ''; token !== undefined;) {
        const from = token === '' ? '' : `&continuation-token=${encodeURIComponent(token)}`;
        const { text } = await s3.send(`GET /bucket?list-type=2&max-keys=${size}${delimiter}${from}`);
        assert.ok(names(text).length <= size);
        seen.push(...names(text));
        token = element(text, 'NextContinuationToken');
        assert.equal(element(text, 'IsTruncated'), String(token !== undefined));
      }
      assert.deepEqual(seen.sort(), [...names(whole)].sort(), `V2, ${size} at a time`);
      const marked: string[] = [];
      for (let marker: string | undefined = ''; marker !== undefined;) {
        const { text } = await s3.send(`GET /bucket?max-keys=${size}${delimiter}&marker=${encodeURIComponent(marker)}`);
        marked.push(...names(text));
        const more = element(text, 'IsTruncated') === 'true';
        assert.equal(element(text, 'NextMarker') !== undefined, more && delimiter !== '');
        marker = more ? (element(text, 'NextMarker') ?? marked.at(-1)) : undefined;
      }
      assert.deepEqual(marked.sort(), [...names(whole)].sort(), `V1, ${size} at a time`);
    }
  }
});

test('max-keys: none lists none, too many are a thousand, nonsense is refused', async (t) => {
  const s3 = await withKeys(t, ['a']);
  const none = (await s3.send('GET /bucket?list-type=2&max-keys=0')).text;
  assert.deepEqual([elements(none, 'Key'), element(none, 'IsTruncated')], [[], 'false']);
  assert.equal(element((await s3.send('GET /bucket?max-keys=5000')).text, 'MaxKeys'), '1000');
  for (const size of ['-1', 'x', '99999999999']) {
    assert.equal((await s3.send(`GET /bucket?max-keys=${size}`)).code, 'InvalidArgument', size);
  }
  assert.equal((await s3.send('GET /bucket?list-type=2&continuation-token=made-up')).code, 'InvalidArgument');
});

test('encoding-type=url writes names as S3 does', async (t) => {
  const s3 = await withKeys(t, ["dir/a b+c(1)'*~é&.txt"]);
  const { text } = await s3.send('GET /bucket?list-type=2&encoding-type=url&prefix=dir/a%20b');
  assert.equal(element(text, 'Key'), 'dir/a+b%2Bc%281%29%27*%7E%C3%A9%26.txt');
  assert.equal(element(text, 'Prefix'), 'dir/a+b');
  assert.equal(element(text, 'EncodingType'), 'url');
  const folded = (await s3.send('GET /bucket?encoding-type=url&delimiter=%20')).text;
  assert.equal(element(folded, 'Delimiter'), '+');
  assert.equal(element(element(folded, 'CommonPrefixes') ?? '', 'Prefix'), 'dir/a+');
  assert.equal((await s3.send('GET /bucket?encoding-type=xml')).code, 'InvalidArgument');
});

test('every object of an unversioned bucket has one version, null', async (t) => {
  const s3 = await withKeys(t, ['a', 'b']);
  const { text } = await s3.send('GET /bucket?versions&max-keys=1');
  const [version = ''] = elements(text, 'Version');
  assert.deepEqual(
    [element(version, 'Key'), element(version, 'VersionId'), element(version, 'IsLatest')],
    ['a', 'null', 'true'],
  );
  assert.deepEqual([element(text, 'NextKeyMarker'), element(text, 'NextVersionIdMarker')], ['a', 'null']);
  const rest = (await s3.send('GET /bucket?versions&key-marker=a&version-id-marker=null')).text;
  assert.deepEqual(elements(rest, 'Key'), ['b']);
  assert.equal((await s3.send('GET /bucket?versions&version-id-marker=null')).code, 'InvalidArgument');
});

test('a policy on s3:prefix holds, and only where the prefix was sent', async (t) => {
  const s3 = await withKeys(t, ['mine/1', 'yours/1']);
  const mine = s3.role([
    {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::bucket',
      Condition: { StringLike: { 's3:prefix': 'mine/*' }, NumericLessThanEquals: { 's3:max-keys': '10' } },
    },
  ]);
  const status = async (query: string): Promise<number> => (await s3.send(`GET /bucket?${query}`, { as: mine })).status;
  assert.equal(await status('list-type=2&prefix=mine/&max-keys=10'), 200);
  assert.equal(await status('prefix=mine/&max-keys=10'), 200);
  assert.equal(await status('list-type=2&prefix=mine/&max-keys=11'), 403);
  assert.equal(await status('list-type=2&prefix=mine/'), 403);
  assert.equal(await status('list-type=2&prefix=yours/&max-keys=1'), 403);
  assert.equal(await status('list-type=2&max-keys=1'), 403);
  const rootOnly = s3.role([
    {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::bucket',
      Condition: { StringEquals: { 's3:prefix': '', 's3:delimiter': '/' } },
    },
  ]);
  assert.equal((await s3.send('GET /bucket?list-type=2&prefix=&delimiter=/', { as: rootOnly })).status, 200);
  assert.equal((await s3.send('GET /bucket?list-type=2&delimiter=/', { as: rootOnly })).status, 403);
});
