import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LookupAttributeKey } from '../../wire/generated/cloudtrail-types.ts';
import { hasAttribute, readRecordedEvent, type RecordedEvent } from './recorded-event.ts';

function recorded(change: object = {}): RecordedEvent {
  const event = readRecordedEvent(
    JSON.stringify({
      userIdentity: { type: 'IAMUser', principalId: 'AIDABOB', userName: 'bob', accessKeyId: 'AKIABOB' },
      eventTime: '2026-11-22T12:00:00Z',
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateRole',
      requestParameters: { roleName: 'deploy', description: 'roleName' },
      responseElements: { role: { roleId: 'AROADEPLOY', arn: 'arn:aws:iam::123456789012:role/deploy' } },
      eventID: 'e-1',
      readOnly: false,
      managementEvent: true,
      recipientAccountId: '123456789012',
      ...change,
    }),
  );
  assert.ok(event !== undefined);
  return event;
}

test('an event is answered with its line, its caller and its resources', () => {
  const { event, time, account, management } = recorded();
  const { CloudTrailEvent, ...rest } = event;
  assert.equal(JSON.parse(CloudTrailEvent ?? '').eventID, 'e-1');
  assert.deepEqual([time, account, management], [Date.UTC(2026, 10, 22, 12), '123456789012', true]);
  assert.deepEqual(rest, {
    EventId: 'e-1',
    EventName: 'CreateRole',
    ReadOnly: 'false',
    AccessKeyId: 'AKIABOB',
    EventTime: new Date(Date.UTC(2026, 10, 22, 12)),
    EventSource: 'iam.amazonaws.com',
    Username: 'bob',
    Resources: [
      { ResourceType: 'AWS::IAM::Role', ResourceName: 'deploy' },
      { ResourceType: 'AWS::IAM::Role', ResourceName: 'AROADEPLOY' },
      { ResourceType: 'AWS::IAM::Role', ResourceName: 'arn:aws:iam::123456789012:role/deploy' },
    ],
  });
});

test('the user name is the session’s, root, the subject’s, or none', () => {
  const name = (userIdentity: object): string | undefined => recorded({ userIdentity }).event.Username;
  assert.equal(name({ type: 'AssumedRole', principalId: 'AROADEPLOY:run-7' }), 'run-7');
  assert.equal(name({ type: 'FederatedUser', principalId: '123456789012:alice' }), 'alice');
  assert.equal(name({ type: 'Root', principalId: '123456789012' }), 'root');
  assert.equal(name({ type: 'WebIdentityUser', userName: 'repo:a/b:ref:x' }), 'repo:a/b:ref:x');
  assert.equal(name({ type: 'Unknown' }), undefined);
});

test('an assumed role is found by its key, its session and its role', () => {
  const { Resources = [] } = recorded({
    resources: [{ accountId: '123456789012', type: 'AWS::IAM::Role', ARN: 'arn:role' }],
    requestParameters: { roleArn: 'arn:role' },
    responseElements: {
      credentials: { accessKeyId: 'ASIAKEY' },
      assumedRoleUser: { assumedRoleId: 'AROADEPLOY:run', arn: 'arn:session' },
    },
  }).event;
  assert.deepEqual(
    Resources.map(({ ResourceType, ResourceName }) => `${ResourceType} ${ResourceName}`),
    [
      'AWS::IAM::Role arn:role',
      'AWS::IAM::AccessKey ASIAKEY',
      'AWS::STS::AssumedRole AROADEPLOY:run',
      'AWS::STS::AssumedRole arn:session',
    ],
  );
});

test('each attribute compares the whole value, with case', () => {
  const event = recorded();
  const has: Readonly<Record<LookupAttributeKey, string>> = {
    EventId: 'e-1',
    EventName: 'CreateRole',
    ReadOnly: 'false',
    Username: 'bob',
    ResourceType: 'AWS::IAM::Role',
    ResourceName: 'deploy',
    EventSource: 'iam.amazonaws.com',
    AccessKeyId: 'AKIABOB',
  };
  const keys: readonly LookupAttributeKey[] = [
    'EventId',
    'EventName',
    'ReadOnly',
    'Username',
    'ResourceType',
    'ResourceName',
    'EventSource',
    'AccessKeyId',
  ];
  for (const AttributeKey of keys) {
    assert.ok(hasAttribute(event, { AttributeKey, AttributeValue: has[AttributeKey] }), AttributeKey);
    assert.ok(!hasAttribute(event, { AttributeKey, AttributeValue: `${has[AttributeKey]} ` }), AttributeKey);
    assert.ok(!hasAttribute(event, { AttributeKey, AttributeValue: has[AttributeKey].toUpperCase() + 'X' }));
  }
});

test('a line that is no event is none; a data event is no management event', () => {
  for (const line of ['', '{', '[]', '"text"', '{}', '{"eventTime":"never","recipientAccountId":"1"}']) {
    assert.equal(readRecordedEvent(line), undefined, line);
  }
  assert.equal(recorded({ managementEvent: false }).management, false);
  assert.deepEqual(recorded({ requestParameters: null, responseElements: null, resources: 'x' }).event.Resources, []);
});
