import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { checksum, CHECKSUM_ALGORITHMS } from '../../wire/checksums.ts';
import type { HttpFacts } from '../operation.ts';
import { checkDocumentDigests, digested } from './object-checksums.ts';

function http(headers: Readonly<Record<string, string>>): HttpFacts {
  return { method: 'POST', headers, query: new Map(), sourceIp: '192.0.2.1', secure: false, trailers: new Map() };
}

test('the digests are those of the bytes, wherever they are cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }), async (chunks) => {
      async function* body(): AsyncGenerator<Uint8Array> {
        yield* chunks;
      }
      const passing = digested(body(), CHECKSUM_ALGORITHMS);
      const passed: Uint8Array[] = [];
      for await (const chunk of passing.body) passed.push(chunk);
      const whole = Buffer.concat(chunks);
      assert.deepEqual(Buffer.concat(passed), whole);
      const { md5, checksums } = passing.digests();
      assert.equal(md5, createHash('md5').update(whole).digest('hex'));
      for (const algorithm of CHECKSUM_ALGORITHMS) {
        const state = checksum(algorithm);
        state.update(whole);
        assert.equal(checksums[algorithm], state.digestBase64(), algorithm);
      }
    }),
    { numRuns: 50 },
  );
});

test('a document is held to the digests of its request, and to none when there are none', () => {
  const document = Buffer.from('<Delete/>');
  const md5 = createHash('md5').update(document).digest('base64');
  const sha256 = createHash('sha256').update(document).digest('base64');
  checkDocumentDigests(document, http({}));
  checkDocumentDigests(document, http({ 'content-md5': md5, 'x-amz-checksum-sha256': sha256 }));
  const other = Buffer.from('<Delete></Delete>');
  assert.throws(() => checkDocumentDigests(other, http({ 'content-md5': md5 })), { code: 'BadDigest' });
  assert.throws(() => checkDocumentDigests(other, http({ 'x-amz-checksum-sha256': sha256 })), { code: 'BadDigest' });
  assert.throws(() => checkDocumentDigests(document, http({ 'content-md5': 'x' })), { code: 'InvalidDigest' });
});
