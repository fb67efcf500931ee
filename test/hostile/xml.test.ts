/** XML bodies that are none, or that mean harm: MalformedXML, at once, and the bucket is as it was. */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Answer } from './connection.ts';
import {
  assertUnharmed,
  auditLines,
  notThere,
  refused,
  s3,
  startTarget,
  storedFiles,
  succeeded,
  text,
  type Target,
} from './target.ts';

const MALFORMED = 'The XML you provided was not well-formed or did not validate against our published schema';
const NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
let target: Target;
let uploadId: string;
let partTag: string;

before(async () => {
  target = await startTarget();
  succeeded(await s3(target, 'PUT', '/xml-bucket'));
  succeeded(await s3(target, 'PUT', '/xml-bucket/kept', { body: 'kept' }));
  uploadId = text(succeeded(await s3(target, 'POST', '/xml-bucket/joined?uploads=')), 'UploadId') ?? '';
  const part = succeeded(
    await s3(target, 'PUT', `/xml-bucket/joined?partNumber=1&uploadId=${uploadId}`, { body: 'part' }),
  );
  partTag = part.headers.get('etag') ?? '';
});
after(async () => {
  await assertUnharmed(target);
  await target.dispose();
});

interface Endpoint {
  readonly name: string;
  readonly root: string;
  readonly send: (body: string | Uint8Array) => Promise<Answer>;
  /** A body that is accepted. */
  readonly good: string;
}

function md5(body: string | Uint8Array): string {
  return hash('md5', body, 'base64');
}

/** The operations that read a document. Bodies are put at risk in this order; the good ones are sent last. */
function endpoints(): readonly Endpoint[] {
  return [
    {
      name: 'DeleteObjects',
      root: 'Delete',
      send: (body) => s3(target, 'POST', '/xml-bucket?delete=', { body, headers: { 'content-md5': md5(body) } }),
      good: `<Delete ${NAMESPACE}><Object><Key>nothing</Key></Object></Delete>`,
    },
    {
      name: 'CompleteMultipartUpload',
      root: 'CompleteMultipartUpload',
      send: (body) => s3(target, 'POST', `/xml-bucket/joined?uploadId=${uploadId}`, { body }),
      good: `<CompleteMultipartUpload ${NAMESPACE}><Part><PartNumber>1</PartNumber><ETag>${partTag.replaceAll('"', '&quot;')}</ETag></Part></CompleteMultipartUpload>`,
    },
    {
      name: 'CreateBucket',
      root: 'CreateBucketConfiguration',
      send: (body) => s3(target, 'PUT', '/xml-new-bucket', { body, region: 'eu-west-1' }),
      good: `<CreateBucketConfiguration ${NAMESPACE}><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>`,
    },
    {
      name: 'PutBucketTagging',
      root: 'Tagging',
      send: (body) => s3(target, 'PUT', '/xml-bucket?tagging=', { body, headers: { 'content-md5': md5(body) } }),
      good: '<Tagging><TagSet><Tag><Key>team</Key><Value>blue</Value></Tag></TagSet></Tagging>',
    },
    {
      name: 'PutObjectTagging',
      root: 'Tagging',
      send: (body) => s3(target, 'PUT', '/xml-bucket/kept?tagging=', { body, headers: { 'content-md5': md5(body) } }),
      good: '<Tagging><TagSet><Tag><Key>team</Key><Value>blue</Value></Tag></TagSet></Tagging>',
    },
  ];
}

async function refusedEverywhere(bodyOf: (endpoint: Endpoint) => string | Uint8Array): Promise<void> {
  for (const endpoint of endpoints()) {
    const body = bodyOf(endpoint);
    const answer = await endpoint.send(body);
    refused(target, answer, 400, 'MalformedXML', MALFORMED);
  }
}

test('what is no XML', async () => {
  for (const body of [
    'x',
    '{"a":1}',
    '<',
    '<a',
    '</Delete>',
    '<?xml version="1.0"?>',
    '<!-- -->',
    '   ',
    '\u0000',
    '&amp;',
  ]) {
    await refusedEverywhere(() => body);
  }
  await refusedEverywhere(() => Buffer.from([0xff, 0xfe, 0x3c, 0x00, 0x61, 0x00]));
  await refusedEverywhere(({ good }) => Buffer.concat([Buffer.from(good.slice(0, -10)), Buffer.from([0xc3, 0x28])]));
  await refusedEverywhere(({ good }) => good.slice(0, -1));
  await refusedEverywhere(({ good }) => `${good}<second/>`);
  await refusedEverywhere(({ good }) => `text ${good}`);
  await refusedEverywhere(({ good }) => good.replace('</', '< /'));
  await refusedEverywhere(({ root }) => `<${root}><a b="1" b="2"/></${root}>`);
  await refusedEverywhere(({ root }) => `<${root}>&unknown;</${root}>`);
  await refusedEverywhere(({ root }) => `<${root}>&#0;</${root}>`);
});

test('another root element, or an empty one where members are due', async () => {
  await refusedEverywhere(() => '<Other/>');
  await refusedEverywhere(({ root }) => `<${root.toLowerCase()}/>`);
  for (const endpoint of endpoints().filter(({ name }) => name !== 'CreateBucket')) {
    refused(target, await endpoint.send(`<${endpoint.root}/>`), 400, 'MalformedXML', MALFORMED);
  }
});

test('document types: entities are neither expanded nor fetched', async () => {
  const laughs = Array.from({ length: 12 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
    '',
  );
  const types = [
    '<!DOCTYPE r>',
    '<!DOCTYPE r SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]>',
    `<!DOCTYPE r [<!ENTITY l0 "laugh">${laughs}]>`,
  ];
  for (const type of types) {
    await refusedEverywhere(({ good }) => `<?xml version="1.0"?>${type}${good.replace('>', '>&l12;')}`);
    await refusedEverywhere(({ good }) => type + good);
  }
  const passwd = auditLines(target).filter((line) => JSON.stringify(line).includes('root:'));
  assert.deepEqual(passwd, []);
});

test('deep, wide and long documents', async () => {
  const started = performance.now();
  await refusedEverywhere(({ root }) => `<${root}>${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}</${root}>`);
  await refusedEverywhere(({ root }) => `<${root}>${'<a>'.repeat(200_000)}`);
  await refusedEverywhere(({ root }) => `<${root}>${'<a/>'.repeat(200_000)}</${root}>`);
  await refusedEverywhere(({ root }) => `<${root} ${Array.from({ length: 1000 }, (_, i) => `a${i}="1"`).join(' ')}/>`);
  assert.ok(performance.now() - started < 20_000);
});

test('a document over four mebibytes is refused while it comes', async () => {
  for (const endpoint of endpoints()) {
    const answer = await endpoint.send(endpoint.good.replace('>', `>${' '.repeat(5 << 20)}`));
    assert.equal(answer.status, 400, endpoint.name);
    assert.match(answer.body, /<Code>(MaxMessageLengthExceeded|MalformedXML)<\/Code>/);
  }
});

test('DeleteObjects: none, too many, without keys, and keys that are none', async () => {
  const [endpoint] = endpoints();
  assert.ok(endpoint !== undefined);
  const { send } = endpoint;
  const objects = (count: number): string => '<Object><Key>nothing</Key></Object>'.repeat(count);
  refused(target, await send(`<Delete>${objects(1001)}</Delete>`), 400, 'MalformedXML', MALFORMED);
  refused(target, await send('<Delete><Object/></Delete>'), 400, 'MalformedXML', MALFORMED);
  refused(
    target,
    await send('<Delete><Object><VersionId>1</VersionId></Object></Delete>'),
    400,
    'MalformedXML',
    MALFORMED,
  );
  refused(
    target,
    await send('<Delete><Quiet>perhaps</Quiet><Object><Key>a</Key></Object></Delete>'),
    400,
    'MalformedXML',
    MALFORMED,
  );
  const long = succeeded(await send(`<Delete><Object><Key>${'k'.repeat(1025)}</Key></Object></Delete>`));
  assert.match(long.body, /<Error>.*<Code>KeyTooLongError<\/Code>/);
  const all = succeeded(await send(`<Delete>${objects(1000)}</Delete>`));
  assert.equal(all.body.split('<Deleted>').length - 1, 1000);
  const wrong = await s3(target, 'POST', '/xml-bucket?delete=', {
    body: `<Delete><Object><Key>kept</Key></Object></Delete>`,
    headers: { 'content-md5': md5('another body') },
  });
  refused(target, wrong, 400, 'BadDigest', /./);
  assert.equal(succeeded(await s3(target, 'GET', '/xml-bucket/kept')).body, 'kept');
});

test('CompleteMultipartUpload: parts that are not there, in disorder, of the wrong type; the upload stays', async () => {
  const before = storedFiles(target);
  const complete = (parts: string): Promise<Answer> =>
    s3(target, 'POST', `/xml-bucket/joined?uploadId=${uploadId}`, {
      body: `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`,
    });
  const part = (number: string, etag = partTag): string =>
    `<Part><PartNumber>${number}</PartNumber><ETag>${etag.replaceAll('"', '&quot;')}</ETag></Part>`;
  refused(target, await complete(part('2')), 400, 'InvalidPart', /could not be found/);
  refused(
    target,
    await complete(part('1', '"00000000000000000000000000000000"')),
    400,
    'InvalidPart',
    /could not be found/,
  );
  refused(target, await complete(part('1') + part('1')), 400, 'InvalidPartOrder', /ascending order/);
  refused(target, await complete(part('2') + part('1')), 400, 'InvalidPartOrder', /ascending order/);
  for (const number of ['x', '', '1.5', '99999999999999999999']) {
    refused(target, await complete(part(number)), 400, 'MalformedXML', MALFORMED);
  }
  for (const number of ['0', '-1', '10001']) {
    const answer = await complete(part(number));
    assert.equal(answer.status, 400, answer.body);
  }
  const foreign = await s3(target, 'POST', '/xml-bucket/joined?uploadId=no-such-upload', {
    body: `<CompleteMultipartUpload>${part('1')}</CompleteMultipartUpload>`,
  });
  notThere(foreign, 'NoSuchUpload');
  notThere(await s3(target, 'GET', '/xml-bucket/joined'), 'NoSuchKey');
  assert.deepEqual(storedFiles(target), before);
});

test('tags: duplicates, too many, reserved, too long, without a value', async () => {
  const tag = (key: string, value = 'v'): string => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`;
  const many = Array.from({ length: 51 }, (_, index) => tag(`k${index}`)).join('');
  const sets = [
    tag('a') + tag('a'),
    many,
    tag('aws:x'),
    tag('k'.repeat(129)),
    tag('k', 'v'.repeat(257)),
    tag(''),
    tag('a\u0007b'.replace('\u0007', '&lt;')),
  ];
  for (const set of sets) {
    for (const path of ['/xml-bucket?tagging=', '/xml-bucket/kept?tagging=']) {
      const body = `<Tagging><TagSet>${set}</TagSet></Tagging>`;
      const answer = await s3(target, 'PUT', path, { body, headers: { 'content-md5': md5(body) } });
      assert.equal(answer.status, 400, `${path} ${set.slice(0, 80)} ${answer.body}`);
      assert.match(answer.body, /<Code>(InvalidTag|BadRequest|MalformedXML)<\/Code>/);
    }
  }
  refused(target, await s3(target, 'GET', '/xml-bucket?tagging='), 404, 'NoSuchTagSet', /./);
});

test('after all of it, the bucket is as it was and the good bodies are accepted', async () => {
  notThere(await s3(target, 'GET', '/xml-new-bucket'), 'NoSuchBucket');
  const listed = succeeded(await s3(target, 'GET', '/xml-bucket?list-type=2'));
  assert.deepEqual(
    [...listed.body.matchAll(/<Key>([^<]*)/g)].map(([, key]) => key),
    ['kept'],
  );
  for (const { good, send } of endpoints()) succeeded(await send(good));
  assert.equal(succeeded(await s3(target, 'GET', '/xml-bucket/joined')).body, 'part');
});
