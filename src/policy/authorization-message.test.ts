import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorizationMessage } from './authorization-message.ts';
import { requestContext } from './context.ts';
import type { AuthorizationRequest, Decision } from './decision.ts';
import { evaluate } from './evaluate.ts';
import { PolicyCache } from './policy-cache.ts';

const cache = new PolicyCache(5);
const request: AuthorizationRequest = {
  principal: { kind: 'webIdentity', account: '123456789012', provider: 'accounts.google.com' },
  action: 'sts:AssumeRoleWithWebIdentity',
  resource: 'arn:aws:iam::123456789012:role/deploy',
  resourceAccount: '123456789012',
  context: requestContext([
    ['aws:userid', 'accounts.google.com'],
    ['accounts.google.com:amr', ['a', 'b']],
  ]),
};

function decide(effect: string): Decision {
  const statement = {
    Sid: 'Google',
    Effect: effect,
    Principal: { Federated: 'accounts.google.com' },
    Action: 'sts:*',
    Condition: { Null: { 'aws:userid': 'false' } },
  };
  const policy = cache.get(JSON.stringify({ Version: '2012-10-17', Statement: statement }));
  return evaluate(request, { identity: [], resource: { type: 'trust', source: 'trust:role/deploy', policy } });
}

const context = {
  principal: { id: 'accounts.google.com', arn: 'accounts.google.com' },
  action: 'sts:AssumeRoleWithWebIdentity',
  resource: 'arn:aws:iam::123456789012:role/deploy',
  conditions: {
    items: [
      { key: 'aws:userid', values: { items: [{ value: 'accounts.google.com' }] } },
      { key: 'accounts.google.com:amr', values: { items: [{ value: 'a' }, { value: 'b' }] } },
    ],
  },
};

test('an explicit deny names the statement that denied', () => {
  assert.deepEqual(JSON.parse(authorizationMessage(decide('Deny'))), {
    allowed: false,
    explicitDeny: true,
    matchedStatements: {
      items: [
        {
          statementId: 'Google',
          effect: 'DENY',
          principals: { items: [{ value: 'accounts.google.com' }] },
          principalGroups: { items: [] },
          actions: { items: [{ value: 'sts:*' }] },
          resources: { items: [] },
          conditions: { items: [{ key: 'aws:userid', values: { items: [{ value: 'false' }] } }] },
        },
      ],
    },
    failures: { items: [] },
    context,
  });
});

test('an allowed request matched no denying statement', () => {
  assert.deepEqual(JSON.parse(authorizationMessage(decide('Allow'))), {
    allowed: true,
    explicitDeny: false,
    matchedStatements: { items: [] },
    failures: { items: [] },
    context,
  });
});
