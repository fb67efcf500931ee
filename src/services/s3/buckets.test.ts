import assert from 'node:assert/strict';
import { test } from 'node:test';
import { element, elements, openS3, OTHER_ACCOUNT, rootOf } from './s3-suite.ts';

const IN_IRELAND =
  '<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>';

test('a bucket is made, found, listed and deleted', async (t) => {
  const s3 = await openS3(t);
  const made = await s3.send('PUT /my-bucket');
  assert.deepEqual([made.status, made.headers.get('location')], [200, '/my-bucket']);
  const head = await s3.send('HEAD /my-bucket');
  assert.deepEqual([head.status, head.headers.get('x-amz-bucket-region')], [200, 'us-east-1']);
  const list = await s3.send('GET /');
  assert.deepEqual(elements(list.text, 'Name'), ['my-bucket']);
  assert.match(element(element(list.text, 'Owner') ?? '', 'ID') ?? '', /^[0-9a-f]{64}$/);
  assert.equal((await s3.send('DELETE /my-bucket')).status, 204);
  assert.equal((await s3.send('HEAD /my-bucket')).status, 404);
  const gone = await s3.send('DELETE /my-bucket');
  assert.deepEqual([gone.code, element(gone.text, 'BucketName')], ['NoSuchBucket', 'my-bucket']);
});

test('making it again: fine in us-east-1, an error elsewhere, and another account’s name is taken', async (t) => {
  const s3 = await openS3(t);
  assert.equal((await s3.send('PUT /first')).status, 200);
  assert.equal((await s3.send('PUT /first')).status, 200);
  assert.equal((await s3.send('PUT /first', { as: rootOf(OTHER_ACCOUNT) })).code, 'BucketAlreadyExists');
  assert.equal((await s3.send('PUT /second', { body: IN_IRELAND })).status, 200);
  const again = await s3.send('PUT /second', { body: IN_IRELAND });
  assert.deepEqual([again.status, again.code], [409, 'BucketAlreadyOwnedByYou']);
});

test('the region is the location constraint’s, and only us-east-1 may name another', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /here');
  await s3.send('PUT /there', { body: IN_IRELAND });
  assert.equal(element((await s3.send('GET /there?location')).text, 'Error'), undefined);
  assert.match((await s3.send('GET /there?location')).text, />eu-west-1<\/LocationConstraint>/);
  assert.doesNotMatch((await s3.send('GET /here?location')).text, /us-east-1/);
  const code = async (body: string, region: string): Promise<string | undefined> =>
    (await s3.send('PUT /other', { body, region })).code;
  assert.equal(await code('', 'eu-west-1'), 'IllegalLocationConstraintException');
  assert.equal(await code(IN_IRELAND, 'eu-central-1'), 'IllegalLocationConstraintException');
  assert.equal(await code(IN_IRELAND.replace('eu-west-1', 'nowhere-1'), 'us-east-1'), 'InvalidLocationConstraint');
  assert.equal(await code(IN_IRELAND.replace('eu-west-1', 'us-east-1'), 'us-east-1'), 'InvalidLocationConstraint');
  assert.equal(await code(IN_IRELAND, 'eu-west-1'), undefined);
});

test('names follow S3’s rules', async (t) => {
  const s3 = await openS3(t);
  for (const name of ['ab', 'Upper', 'a..b', '192.168.0.1', '-a-', 'xn--abc', 'abc--x-s3', 'a'.repeat(64), 'a_b']) {
    assert.equal((await s3.send(`PUT /${name}`)).code, 'InvalidBucketName', name);
  }
  for (const name of ['abc', 'a.b-c', '1a2', 'a'.repeat(63)]) {
    assert.equal((await s3.send(`PUT /${name}`)).status, 200, name);
  }
});

test('a bucket with objects stays; open uploads do not hold it', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  await s3.send('PUT /bucket/k', { body: 'x' });
  const full = await s3.send('DELETE /bucket');
  assert.deepEqual([full.status, full.code], [409, 'BucketNotEmpty']);
  await s3.send('DELETE /bucket/k');
  assert.equal((await s3.send('POST /bucket/k?uploads')).status, 200);
  assert.equal((await s3.send('DELETE /bucket')).status, 204);
  await s3.send('PUT /bucket');
  assert.deepEqual(elements((await s3.send('GET /bucket?uploads')).text, 'Upload'), []);
});

test('a put whose bucket is deleted meanwhile is refused and leaves nothing', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  async function* body(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('x');
    assert.equal((await s3.send('DELETE /bucket')).status, 204);
  }
  const put = await s3.send('PUT /bucket/k', { body: body(), headers: { 'content-length': '1' } });
  assert.deepEqual([put.status, put.code], [404, 'NoSuchBucket']);
  await s3.send('PUT /bucket');
  assert.equal((await s3.send('HEAD /bucket/k')).status, 404);
});

test('each account lists its own buckets, by prefix, a page at a time', async (t) => {
  const s3 = await openS3(t);
  for (const name of ['aaa', 'bb1', 'bb2', 'bb3']) await s3.send(`PUT /${name}`);
  await s3.send('PUT /bb0', { as: rootOf(OTHER_ACCOUNT) });
  const first = await s3.send('GET /?prefix=bb&max-buckets=2');
  assert.deepEqual(elements(first.text, 'Name'), ['bb1', 'bb2']);
  const token = element(first.text, 'ContinuationToken') ?? '';
  const second = await s3.send(`GET /?prefix=bb&max-buckets=2&continuation-token=${token}`);
  assert.deepEqual(elements(second.text, 'Name'), ['bb3']);
  assert.equal(element(second.text, 'ContinuationToken'), undefined);
  assert.equal((await s3.send('GET /?continuation-token=made-up')).code, 'InvalidArgument');
  assert.equal((await s3.send('GET /?max-buckets=0')).code, 'InvalidArgument');
  assert.deepEqual(elements((await s3.send('GET /', { as: rootOf(OTHER_ACCOUNT) })).text, 'Name'), ['bb0']);
});

test('whoever asks learns whether a bucket exists, but not what is in another’s', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  const nobody = s3.role([]);
  assert.equal((await s3.send('GET /nowhere', { as: nobody })).code, 'NoSuchBucket');
  assert.equal((await s3.send('GET /bucket', { as: nobody })).code, 'AccessDenied');
  const stranger = await s3.send('GET /bucket', { as: rootOf(OTHER_ACCOUNT) });
  assert.equal(element(stranger.text, 'Message'), 'Access Denied');
  assert.equal((await s3.send('GET /bucket', { as: { kind: 'anonymous' } })).status, 403);
  const wrongOwner = { headers: { 'x-amz-expected-bucket-owner': OTHER_ACCOUNT } };
  assert.equal((await s3.send('GET /bucket', wrongOwner)).code, 'AccessDenied');
});

test('what Terraform reads of a new bucket is what a new bucket of S3 answers', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  const answers: Readonly<Record<string, string>> = {
    policy: 'NoSuchBucketPolicy',
    tagging: 'NoSuchTagSet',
    cors: 'NoSuchCORSConfiguration',
    website: 'NoSuchWebsiteConfiguration',
    lifecycle: 'NoSuchLifecycleConfiguration',
    replication: 'ReplicationConfigurationNotFoundError',
    'object-lock': 'ObjectLockConfigurationNotFoundError',
    policyStatus: 'NoSuchBucketPolicy',
  };
  for (const [subresource, code] of Object.entries(answers)) {
    const answer = await s3.send(`GET /bucket?${subresource}`);
    assert.deepEqual([answer.status, answer.code], [404, code], subresource);
  }
  const text = async (subresource: string): Promise<string> => {
    const answer = await s3.send(`GET /bucket?${subresource}`);
    assert.equal(answer.status, 200, subresource);
    return answer.text;
  };
  assert.doesNotMatch(await text('versioning'), /Status/);
  assert.doesNotMatch(await text('accelerate'), /Status/);
  assert.doesNotMatch(await text('logging'), /LoggingEnabled/);
  assert.equal(element(await text('requestPayment'), 'Payer'), 'BucketOwner');
  assert.equal(element(await text('encryption'), 'SSEAlgorithm'), 'AES256');
  assert.equal(element(await text('ownershipControls'), 'ObjectOwnership'), 'BucketOwnerEnforced');
  assert.equal(element(await text('publicAccessBlock'), 'RestrictPublicBuckets'), 'true');
  assert.equal(element(await text('acl'), 'Permission'), 'FULL_CONTROL');
});

test('what is set is read back, and taken away again', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  const put = async (subresource: string, body: string): Promise<number> =>
    (await s3.send(`PUT /bucket?${subresource}`, { body })).status;
  const get = async (subresource: string, name: string): Promise<string | undefined> =>
    element((await s3.send(`GET /bucket?${subresource}`)).text, name);

  const tags = '<Tagging><TagSet><Tag><Key>team</Key><Value>ci</Value></Tag></TagSet></Tagging>';
  assert.equal(await put('tagging', tags), 200);
  assert.equal(await get('tagging', 'Value'), 'ci');
  assert.equal((await s3.send('DELETE /bucket?tagging')).status, 204);
  assert.equal((await s3.send('GET /bucket?tagging')).code, 'NoSuchTagSet');

  const block =
    '<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>';
  assert.equal(await put('publicAccessBlock', block), 200);
  assert.equal(await get('publicAccessBlock', 'BlockPublicAcls'), 'true');
  assert.equal(await get('publicAccessBlock', 'BlockPublicPolicy'), 'false');
  assert.equal((await s3.send('DELETE /bucket?publicAccessBlock')).status, 204);
  assert.equal((await s3.send('GET /bucket?publicAccessBlock')).code, 'NoSuchPublicAccessBlockConfiguration');

  const rule = '<Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule>';
  assert.equal(await put('ownershipControls', `<OwnershipControls>${rule}</OwnershipControls>`), 200);
  assert.equal(await get('ownershipControls', 'ObjectOwnership'), 'ObjectWriter');
  assert.equal(await put('ownershipControls', `<OwnershipControls>${rule}${rule}</OwnershipControls>`), 400);
  assert.equal((await s3.send('PUT /bucket?acl', { headers: { 'x-amz-acl': 'private' } })).status, 200);
  assert.equal((await s3.send('PUT /bucket?acl', { headers: { 'x-amz-acl': 'public-read' } })).code, 'NotImplemented');
  assert.equal((await s3.send('DELETE /bucket?ownershipControls')).status, 204);
  assert.equal((await s3.send('GET /bucket?ownershipControls')).code, 'OwnershipControlsNotFoundError');

  const encryption = (algorithm: string): string =>
    `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>`;
  assert.equal(await put('encryption', encryption('AES256')), 200);
  assert.equal(await get('encryption', 'BucketKeyEnabled'), 'true');
  assert.equal(await put('encryption', encryption('aws:kms')), 501);
  assert.equal((await s3.send('DELETE /bucket?encryption')).status, 204);
  assert.equal(await get('encryption', 'BucketKeyEnabled'), 'false');
});

test('features that are not there refuse to be set up and accept to be taken away', async (t) => {
  const s3 = await openS3(t);
  await s3.send('PUT /bucket');
  const refused: Readonly<Record<string, string>> = {
    accelerate: '<AccelerateConfiguration><Status>Enabled</Status></AccelerateConfiguration>',
    logging:
      '<BucketLoggingStatus><LoggingEnabled><TargetBucket>b</TargetBucket><TargetPrefix>p</TargetPrefix></LoggingEnabled></BucketLoggingStatus>',
    requestPayment: '<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>',
    notification:
      '<NotificationConfiguration><EventBridgeConfiguration></EventBridgeConfiguration></NotificationConfiguration>',
    website: '<WebsiteConfiguration></WebsiteConfiguration>',
  };
  for (const [subresource, body] of Object.entries(refused)) {
    const answer = await s3.send(`PUT /bucket?${subresource}`, { body });
    assert.deepEqual([answer.status, answer.code], [501, 'NotImplemented'], subresource);
  }
  assert.equal((await s3.send('PUT /bucket?logging', { body: '<BucketLoggingStatus/>' })).status, 200);
  assert.equal((await s3.send('PUT /bucket?notification', { body: '<NotificationConfiguration/>' })).status, 200);
  for (const subresource of ['cors', 'lifecycle', 'website', 'replication']) {
    assert.equal((await s3.send(`DELETE /bucket?${subresource}`)).status, 204, subresource);
  }
  assert.equal((await s3.send('PUT /locked', { headers: { 'x-amz-bucket-object-lock-enabled': 'true' } })).status, 501);
});
