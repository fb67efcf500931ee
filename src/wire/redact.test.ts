import assert from 'node:assert/strict';
import { test } from 'node:test';
import { s3 } from './generated/s3.ts';
import { iam } from './generated/iam.ts';
import { sts } from './generated/sts.ts';
import { redacted, redactedOutput } from './redact.ts';

test('an input is logged under CloudTrail names, without the token', () => {
  const input = {
    RoleArn: 'arn',
    RoleSessionName: 's',
    WebIdentityToken: 'secret',
    DurationSeconds: 900,
    Policy: '{}',
    PolicyArns: [{ arn: 'p' }],
    NotInTheModel: 'secret',
  };
  assert.deepEqual(redacted(sts, 'AssumeRoleWithWebIdentity', input), {
    roleArn: 'arn',
    roleSessionName: 's',
    durationSeconds: 900,
    policy: '{}',
    policyArns: [{ arn: 'p' }],
  });
  assert.deepEqual(redacted(sts, 'GetCallerIdentity', {}), {});
});

test('no secret, token or body of any of the three services is in what is logged', () => {
  const secret = 'secret';
  const credentials = { AccessKeyId: 'ASIA', SecretAccessKey: secret, SessionToken: secret, Expiration: new Date(0) };
  const texts = [
    redactedOutput(sts, 'AssumeRole', { Credentials: credentials }),
    redactedOutput(sts, 'GetWebIdentityToken', { WebIdentityToken: secret }),
    redactedOutput(iam, 'CreateAccessKey', {
      AccessKey: { AccessKeyId: 'AKIA', SecretAccessKey: secret, Status: 'Active' },
    }),
    redacted(sts, 'AssumeRole', {
      TokenCode: secret,
      ProvidedContexts: [{ ProviderArn: 'p', ContextAssertion: secret }],
    }),
    redacted(s3, 'PutObject', {
      Bucket: 'b',
      Key: 'k',
      Body: Buffer.from(secret),
      SSECustomerKey: secret,
      Metadata: { a: '1' },
    }),
  ].map((json) => JSON.stringify(json));
  for (const text of texts) assert.ok(!text.includes(secret), text);
  assert.equal(texts[0], '{"credentials":{"accessKeyId":"ASIA","expiration":"1970-01-01T00:00:00.000Z"}}');
  assert.equal(texts[4], '{"bucketName":"b","key":"k","metadata":{"a":"1"}}');
});
