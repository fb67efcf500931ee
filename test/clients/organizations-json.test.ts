/** The JSON door of the listener, byte by byte: what AWS Organizations answers to well-formed and to other requests. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  post as signedPost,
  TARGET_PREFIX as PREFIX,
  type Answered,
  type PostOptions,
} from './organizations/signed-post.ts';
import { startSojourn, type RunningSojourn } from './running-sojourn.ts';

let sojourn: RunningSojourn;

before(async () => {
  sojourn = await startSojourn();
});
after(async () => sojourn?.dispose());

const post = (target: string | undefined, body: string, options: PostOptions = {}): Promise<Answered> =>
  signedPost(sojourn, target, body, options);

test('a call is answered in JSON 1.1 with a request id', async () => {
  const made = await post(`${PREFIX}.CreateOrganization`, '{}');
  assert.equal(made.status, 200);
  assert.equal(made.headers.get('content-type'), 'application/x-amz-json-1.1');
  assert.match(made.headers.get('x-amzn-requestid') ?? '', /^[0-9a-f-]{36}$/);
  assert.ok(typeof made.body === 'object' && made.body !== null && 'Organization' in made.body);
  assert.equal((await post(`${PREFIX}.DescribeOrganization`, '')).status, 200, 'an empty body has no members');
});

test('a refusal is 400 with __type, Message and Reason', async () => {
  const answer = await post(`${PREFIX}.DescribePolicy`, '{"PolicyId":"x"}');
  assert.equal(answer.status, 400);
  assert.equal(answer.headers.get('content-type'), 'application/x-amz-json-1.1');
  assert.deepEqual(answer.body, {
    __type: 'InvalidInputException',
    Message: 'You provided a value that does not match the required pattern.',
    Reason: 'INVALID_PATTERN:POLICY_ID',
  });
  const missing = await post(`${PREFIX}.DescribePolicy`, '{}');
  assert.deepEqual(missing.body, {
    __type: 'InvalidInputException',
    Message: 'You must provide a value for the parameter.',
    Reason: 'INPUT_REQUIRED:POLICY_ID',
  });
});

test('requests that say nothing, or nothing that can be read, are refused as AWS refuses them', async () => {
  const unknown = { status: 400, body: { __type: 'UnknownOperationException' } };
  for (const target of [undefined, `${PREFIX}.NoSuchOperation`, 'Other.ListRoots']) {
    const { status, body } = await post(target, '{}');
    assert.deepEqual({ status, body }, unknown, target ?? 'no target');
  }
  for (const body of ['{', '[]', '"x"']) {
    assert.deepEqual((await post(`${PREFIX}.ListRoots`, body)).body, { __type: 'SerializationException' });
  }
  const wrong = await post(`${PREFIX}.ListRoots`, '{"MaxResults":"1"}');
  const message = 'STRING_VALUE cannot be converted to Integer';
  assert.deepEqual(wrong.body, { __type: 'SerializationException', message });
});

test('who does not sign, or signs with another key, hears so before anything is read', async () => {
  const unsigned = await post(`${PREFIX}.ListRoots`, '{', { signed: false });
  assert.equal(unsigned.status, 400);
  assert.deepEqual(unsigned.body, {
    __type: 'MissingAuthenticationTokenException',
    message: 'Request is missing Authentication Token',
  });
  const forged = await post(`${PREFIX}.ListRoots`, '{', { secret: 'wrong' });
  assert.equal(forged.status, 400);
  assert.ok(typeof forged.body === 'object' && forged.body !== null && '__type' in forged.body);
  assert.equal(forged.body.__type, 'InvalidSignatureException');
});

test('a body of more than a mebibyte is not read', async () => {
  const { status, body } = await post(`${PREFIX}.ListRoots`, `{"NextToken":"${'a'.repeat(1_048_576)}"}`);
  assert.deepEqual({ status, body }, { status: 413, body: '' });
  assert.equal((await post(`${PREFIX}.ListRoots`, `{"NextToken":"${'a'.repeat(100_001)}"}`)).status, 400);
});
