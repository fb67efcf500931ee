import assert from 'node:assert/strict';
import { test } from 'node:test';
import { element, elements, openS3 } from './s3-suite.ts';

function tagging(...tags: readonly (readonly [string, string])[]): string {
  const set = tags.map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`).join('');
  return `<Tagging><TagSet>${set}</TagSet></Tagging>`;
}

test('the tags of an object are put, read, counted, replaced and taken away', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  await s3.send('PUT /bucket/k', { body: 'x', headers: { 'x-amz-tagging': 'a=1&b=2%20%2F' } });
  const got = await s3.send('GET /bucket/k?tagging');
  assert.deepEqual(
    [elements(got.text, 'Key'), elements(got.text, 'Value')],
    [
      ['a', 'b'],
      ['1', '2 /'],
    ],
  );
  assert.equal((await s3.send('HEAD /bucket/k')).headers.get('x-amz-tagging-count'), '2');
  const reader = s3.role([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }]);
  const counted = await s3.send('HEAD /bucket/k', { as: reader });
  assert.equal(counted.headers.get('x-amz-tagging-count'), undefined, 'the count is for those who may read the tags');
  assert.equal(counted.notes.decisions.length, 1, 'and asking for it is no decision of the call');
  assert.equal((await s3.send('PUT /bucket/k?tagging', { body: tagging(['c', '3']) })).status, 200);
  assert.deepEqual(elements((await s3.send('GET /bucket/k?tagging')).text, 'Key'), ['c']);
  assert.equal((await s3.send('GET /bucket/k')).text, 'x');
  assert.equal((await s3.send('DELETE /bucket/k?tagging')).status, 204);
  const none = await s3.send('GET /bucket/k?tagging');
  assert.deepEqual([none.status, elements(none.text, 'Key')], [200, []]);
  assert.equal((await s3.send('PUT /bucket/none?tagging', { body: tagging() })).code, 'NoSuchKey');
});

test('tags hold to S3’s rules', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  await s3.send('PUT /bucket/k', { body: 'x' });
  const code = async (...tags: readonly (readonly [string, string])[]): Promise<string | undefined> =>
    (await s3.send('PUT /bucket/k?tagging', { body: tagging(...tags) })).code;
  assert.equal(await code(['a', '1'], ['a', '2']), 'InvalidTag');
  assert.equal(await code(['aws:x', '1']), 'InvalidTag');
  assert.equal(await code(['', '1']), 'InvalidTag');
  assert.equal(await code(['k'.repeat(129), '1']), 'InvalidTag');
  assert.equal(await code(['k', 'v'.repeat(257)]), 'InvalidTag');
  assert.equal(await code(['k!', 'v']), 'InvalidTag');
  assert.equal(await code(['k'.repeat(128), 'v'.repeat(256)]), undefined);
  assert.equal(await code(['Grüße @+-=._:/', 'é']), undefined);
  const many = Array.from({ length: 11 }, (_, i) => [`k${i}`, 'v'] as const);
  assert.equal(await code(...many), 'BadRequest');
  assert.equal(await code(...many.slice(1)), undefined);
  const twice = { body: 'x', headers: { 'x-amz-tagging': 'a=1&a=2' } };
  assert.equal((await s3.send('PUT /bucket/k', twice)).code, 'InvalidArgument');
  const fifty = Array.from({ length: 51 }, (_, i) => [`k${i}`, 'v'] as const);
  assert.equal((await s3.send('PUT /bucket?tagging', { body: tagging(...fifty) })).code, 'BadRequest');
  assert.equal((await s3.send('PUT /bucket?tagging', { body: tagging(...fifty.slice(1)) })).status, 200);
});

test('object ACLs tell that the owner has full control, and nothing else can be set', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  await s3.send('PUT /bucket/k', { body: 'x' });
  const { text } = await s3.send('GET /bucket/k?acl');
  assert.equal(element(text, 'Permission'), 'FULL_CONTROL');
  assert.match(text, /xsi:type="CanonicalUser"/);
  const put = { headers: { 'x-amz-acl': 'private' } };
  assert.equal((await s3.send('PUT /bucket/k?acl', put)).code, 'AccessControlListNotSupported');
  const rule =
    '<OwnershipControls><Rule><ObjectOwnership>BucketOwnerPreferred</ObjectOwnership></Rule></OwnershipControls>';
  await s3.send('PUT /bucket?ownershipControls', { body: rule });
  assert.equal((await s3.send('PUT /bucket/k?acl', put)).status, 200);
  assert.equal(
    (await s3.send('PUT /bucket/k?acl', { headers: { 'x-amz-acl': 'public-read' } })).code,
    'NotImplemented',
  );
  const grants = text.replace(/<\?xml[^>]*>/, '');
  assert.equal((await s3.send('PUT /bucket/k?acl', { body: grants })).status, 200);
  assert.equal(
    (await s3.send('PUT /bucket/k?acl', { body: grants.replace('FULL_CONTROL', 'READ') })).code,
    'NotImplemented',
  );
});
