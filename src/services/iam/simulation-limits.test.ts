/** What a simulation may cost: documents, values, work and answers have limits, which are ours. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SimulateCustomPolicyRequest } from '../../wire/generated/iam-types.ts';
import { ACCOUNT, openIam } from './iam-suite.ts';

const BUCKET = 'arn:aws:s3:::bucket/key';

function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

function allow(Action: string, Resource: string = '*', more: object = {}): object {
  return { Effect: 'Allow', Action, Resource, ...more };
}

/** A request that asks one action of one resource unless `more` says otherwise. */
function request(more: Partial<SimulateCustomPolicyRequest>): SimulateCustomPolicyRequest {
  return { PolicyInputList: [policy(allow('s3:*'))], ActionNames: ['s3:GetObject'], ResourceArns: [BUCKET], ...more };
}

function list(length: number, make: (index: number) => string): string[] {
  return Array.from({ length }, (_, index) => make(index));
}

function resources(length: number): string[] {
  return list(length, (index) => `${BUCKET}${index}`);
}

/** Asks for one of many patterns that holds for one of many values, and none does. */
function comparing(patterns: number, values: number): Partial<SimulateCustomPolicyRequest> {
  const Condition = { 'ForAnyValue:StringLike': { 'test:key': list(patterns, (index) => `*x*y${index}`) } };
  return {
    PolicyInputList: [policy(allow('s3:*', '*', { Condition }))],
    ContextEntries: [
      {
        ContextKeyName: 'test:key',
        ContextKeyType: 'stringList',
        ContextKeyValues: list(values, (index) => `a-value-of-some-length-${index}`),
      },
    ],
  };
}

test('a page ends early where it would be too long, and its marker goes on', async (t) => {
  const iam = await openIam(t);
  const ResourceArns = resources(1800);
  const asked = request({ ActionNames: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], ResourceArns });
  const first = await iam.call('SimulateCustomPolicy', asked);
  assert.deepEqual([first.EvaluationResults?.length, first.IsTruncated], [2, true]);
  const second = await iam.call('SimulateCustomPolicy', { ...asked, Marker: first.Marker });
  assert.deepEqual(
    second.EvaluationResults?.map((one) => [one.EvalActionName, one.ResourceSpecificResults?.length]),
    [['s3:DeleteObject', 1800]],
  );
  assert.equal(second.IsTruncated, false);
});

test('documents of a request have a limit together, which is ours', async (t) => {
  const iam = await openIam(t);
  const long = policy(allow('s3:*', `arn:aws:s3:::${'b'.repeat(100_000)}`));
  const refusal = {
    code: 'InvalidInput',
    status: 400,
    message: 'The policies of the request have more than 262144 characters.',
  };
  const CallerArn = `arn:aws:iam::${ACCOUNT}:user/bob`;
  const two = { PolicyInputList: [long, long] };
  await iam.refused('SimulateCustomPolicy', request({ PolicyInputList: [long, long, long] }), refusal);
  await iam.refused('SimulateCustomPolicy', request({ ...two, PermissionsBoundaryPolicyInputList: [long] }), refusal);
  const levels = [{ ServiceControlPolicyInputList: [long] }];
  await iam.refused('SimulateCustomPolicy', request({ ...two, OrderedOrganizationPolicyInputList: levels }), refusal);
  await iam.refused('SimulateCustomPolicy', request({ ...two, ResourcePolicy: long, CallerArn }), refusal);
  await iam.refused('GetContextKeysForCustomPolicy', { PolicyInputList: [long, long, long] }, refusal);
  await iam.call('CreateUser', { UserName: 'bob' });
  const principal = { PolicySourceArn: CallerArn, PolicyInputList: [long, long, long] };
  await iam.refused('GetContextKeysForPrincipalPolicy', principal, refusal);
  await iam.refused('SimulatePrincipalPolicy', { ...principal, ActionNames: ['s3:GetObject'] }, refusal);
});

test('a page tells so much and no more: further actions stand on the next, and one that is too much alone is refused', async (t) => {
  const iam = await openIam(t);
  const keys = Array.from({ length: 1000 }, (_, index) => [`test:key${index}`, 'x']);
  const PolicyInputList = [policy(allow('s3:*', '*', { Condition: { StringEquals: Object.fromEntries(keys) } }))];
  const ActionNames = ['s3:GetObject', 's3:PutObject'];
  const asked = request({ PolicyInputList, ActionNames, ResourceArns: resources(80) });
  const first = await iam.call('SimulateCustomPolicy', asked);
  assert.deepEqual([first.EvaluationResults?.length, first.IsTruncated], [1, true]);
  const second = await iam.call('SimulateCustomPolicy', { ...asked, Marker: first.Marker });
  assert.deepEqual(
    second.EvaluationResults?.map((one) => one.EvalActionName),
    ['s3:PutObject'],
  );
  assert.equal(second.IsTruncated, false);
  await iam.refused(
    'SimulateCustomPolicy',
    { ...asked, ResourceArns: resources(200) },
    {
      code: 'InvalidInput',
      status: 400,
      message: 'The simulation of s3:GetObject has too much to tell: name fewer resources.',
    },
  );
});

test('what a page tells is counted in characters: long keys and names are more', async (t) => {
  const iam = await openIam(t);
  const refusal = {
    code: 'InvalidInput',
    status: 400,
    message: 'The simulation of s3:GetObject has too much to tell: name fewer resources.',
  };
  const keys = list(200, (index) => `test:${'k'.repeat(240)}${index}`);
  const Condition = { StringEquals: Object.fromEntries(keys.map((key) => [key, 'x'])) };
  const PolicyInputList = [policy(allow('s3:*', '*', { Condition }))];
  const xml = await iam.xml('SimulateCustomPolicy', request({ PolicyInputList, ResourceArns: resources(50) }));
  assert.ok(xml.length < 5_000_000, String(xml.length));
  await iam.refused('SimulateCustomPolicy', request({ PolicyInputList, ResourceArns: resources(100) }), refusal);
  const ResourceArns = list(2000, (index) => `${BUCKET}${'n'.repeat(1900)}${index}`);
  await iam.refused('SimulateCustomPolicy', request({ ResourceArns }), refusal);
});

test('so do many resources under a condition key that is as long as a document', async (t) => {
  const iam = await openIam(t);
  const Condition = { StringEquals: { [`test:${'k'.repeat(120_000)}`]: 'x' } };
  const PolicyInputList = [policy(allow('s3:*', '*', { Condition }))];
  const xml = await iam.xml('SimulateCustomPolicy', request({ PolicyInputList, ResourceArns: resources(5000) }));
  assert.ok(xml.length < 5_000_000, String(xml.length));
});

test('a page does so much work and no more, and an action that is too much alone is refused', async (t) => {
  const iam = await openIam(t);
  const ActionNames = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
  const asked = request({ ...comparing(200, 40), ActionNames, ResourceArns: resources(500) });
  const first = await iam.call('SimulateCustomPolicy', asked);
  assert.deepEqual([first.EvaluationResults?.length, first.IsTruncated], [2, true]);
  const second = await iam.call('SimulateCustomPolicy', { ...asked, Marker: first.Marker });
  assert.deepEqual([second.EvaluationResults?.length, second.IsTruncated], [1, false]);
  const message = 'The simulation of s3:GetObject is too much work: name fewer resources.';
  const more = { ...asked, ResourceArns: resources(1300) };
  await iam.refused('SimulateCustomPolicy', more, { code: 'InvalidInput', status: 400, message });
});

test('others get their turn while a page is worked on', async (t) => {
  const iam = await openIam(t);
  let turns = 0;
  let isOver = false;
  const count = (): void => {
    turns++;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await iam.call('SimulateCustomPolicy', request({ ...comparing(200, 40), ResourceArns: resources(500) }));
  isOver = true;
  assert.ok(turns > 10, String(turns));
});

test('what compares more than the engine would look at is refused before it is begun', async (t) => {
  const iam = await openIam(t);
  const message =
    'The simulation of s3:GetObject compares too much: send fewer or shorter policies and context values.';
  const refusal = { code: 'InvalidInput', status: 400, message };
  await iam.refused('SimulateCustomPolicy', request(comparing(5000, 900)), refusal);
  const Condition = { 'ForAnyValue:StringEquals': { 'test:key': list(9000, String) } };
  const PolicyInputList = [policy(allow('s3:*', '*', { Condition }))];
  await iam.refused('SimulateCustomPolicy', request({ ...comparing(1, 900), PolicyInputList }), refusal);
  const values = 'The context entries have more than 1000 values.';
  await iam.refused('SimulateCustomPolicy', request(comparing(1, 1001)), { ...refusal, message: values });
});
