import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isArn, type Arn } from '../base/arn.ts';
import { requestContext } from '../policy/context.ts';
import type { AttachedPolicy, Principal } from '../policy/decision.ts';
import { evaluate } from '../policy/evaluate.ts';
import { PolicyCache } from '../policy/policy-cache.ts';
import { authorizationMessage, type AuthorizationMessage } from './authorization-message.ts';
import { explain } from './explain.ts';

const ACCOUNT = '123456789012';

function arn(text: string): Arn {
  assert.ok(isArn(text));
  return text;
}

function policy(source: string, text: string): AttachedPolicy {
  return { type: 'identity', source, policy: new PolicyCache(1).get(text) };
}

function messageFor(principal: Principal, identity: readonly AttachedPolicy[] = []): AuthorizationMessage {
  const context = requestContext([
    ['s3:prefix', 'a/'],
    ['aws:tagkeys', ['x', 'y']],
  ]);
  const request = { principal, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', resourceAccount: ACCOUNT };
  const decision = evaluate({ ...request, context }, { identity });
  return authorizationMessage(decision, explain(decision));
}

test('every principal has the id that aws:userid gives it', () => {
  const session = arn(`arn:aws:sts::${ACCOUNT}:assumed-role/deploy/run-7`);
  const federated = arn(`arn:aws:sts::${ACCOUNT}:federated-user/alice`);
  const user = arn(`arn:aws:iam::${ACCOUNT}:user/path/bob`);
  const role = arn(`arn:aws:iam::${ACCOUNT}:role/deploy`);
  const ids: readonly (readonly [Principal, string])[] = [
    [{ kind: 'user', account: ACCOUNT, arn: user, id: 'AIDABOB' }, 'AIDABOB'],
    [{ kind: 'assumedRole', account: ACCOUNT, arn: session, roleArn: role, id: 'AROADEPLOY' }, 'AROADEPLOY:run-7'],
    [{ kind: 'federatedUser', account: ACCOUNT, arn: federated, issuerArn: user }, `${ACCOUNT}:alice`],
    [{ kind: 'root', account: ACCOUNT, arn: arn(`arn:aws:iam::${ACCOUNT}:root`) }, ACCOUNT],
  ];
  for (const [principal, id] of ids) {
    const { context } = messageFor(principal);
    assert.deepEqual(context.principal, { id, arn: 'arn' in principal ? principal.arn : '' });
  }
});

test('condition keys are told with all their values', () => {
  const bob: Principal = {
    kind: 'user',
    account: ACCOUNT,
    arn: arn(`arn:aws:iam::${ACCOUNT}:user/bob`),
    id: 'AIDABOB',
  };
  assert.deepEqual(messageFor(bob).context.conditions.items, [
    { key: 's3:prefix', values: { items: [{ value: 'a/' }] } },
    { key: 'aws:tagkeys', values: { items: [{ value: 'x' }, { value: 'y' }] } },
  ]);
});

test('a policy that no longer parses is a failure; allows that matched are not among the matched statements', () => {
  const bob: Principal = {
    kind: 'user',
    account: ACCOUNT,
    arn: arn(`arn:aws:iam::${ACCOUNT}:user/bob`),
    id: 'AIDABOB',
  };
  const statement = (Effect: string): object => ({ Sid: Effect, Effect, Action: 's3:*', Resource: '*' });
  const both = JSON.stringify({ Version: '2012-10-17', Statement: [statement('Allow'), statement('Deny')] });
  const message = messageFor(bob, [policy('inline:user/bob/broken', '{'), policy('inline:user/bob/both', both)]);
  assert.deepEqual([message.allowed, message.explicitDeny], [false, true]);
  assert.deepEqual(
    message.matchedStatements.items.map(({ statementId, effect }) => [statementId, effect]),
    [['Deny', 'DENY']],
  );
  assert.equal(message.failures.items.length, 1);
  assert.match(message.failures.items[0]?.value ?? '', /^inline:user\/bob\/broken: /);
});
