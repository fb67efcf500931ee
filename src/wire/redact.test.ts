import assert from 'node:assert/strict';
import { test } from 'node:test';
import { s3 } from './generated/s3.ts';
import { iam } from './generated/iam.ts';
import { sts } from './generated/sts.ts';
import { hideUnfit } from './hide-unfit.ts';
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

test('what was sent in place of an ARN is kept only when it is short, or one', () => {
  const of = (RoleArn: string): unknown => redacted(sts, 'AssumeRole', { RoleArn });
  assert.deepEqual(of('arn:aws:iam::123456789012:role/deploy'), { roleArn: 'arn:aws:iam::123456789012:role/deploy' });
  assert.deepEqual(of('deploy'), { roleArn: 'deploy' });
  assert.deepEqual(of('IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJ'), {
    roleArn: 'HIDDEN_DUE_TO_SECURITY_REASONS',
  });
});

test('of an input that breaks its constraints long texts that do not fit are hidden, at any depth', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const input = {
    RoleArn: 'arn:aws:iam::123456789012:role/deploy',
    RoleSessionName: secret,
    ExternalId: 'short !',
    Tags: [{ Key: 'stage', Value: `<${secret}>` }, {}],
    DurationSeconds: 1,
  };
  assert.deepEqual(redacted(sts, 'AssumeRole', hideUnfit(sts, 'AssumeRole', input)), {
    roleArn: 'arn:aws:iam::123456789012:role/deploy',
    roleSessionName: 'HIDDEN_DUE_TO_SECURITY_REASONS',
    externalId: 'short !',
    tags: [{ key: 'stage', value: 'HIDDEN_DUE_TO_SECURITY_REASONS' }, {}],
    durationSeconds: 1,
  });
});
