/** `aws iam simulate-*` and `get-context-keys-*`, unmodified: decisions, pages of actions, and what is refused in AWS's words. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { missing, run } from './programs.ts';
import { startSojourn, type RunningSojourn } from './running-sojourn.ts';

const BOB = 'arn:aws:iam::000000000000:user/bob';
const KEY = 'arn:aws:s3:::bucket/key';
const READ = document({ Effect: 'Allow', Action: 's3:Get*', Resource: '*' });

let sojourn: RunningSojourn;

describe('the simulators of IAM by the aws CLI', { skip: missing('aws') }, () => {
  before(async () => {
    sojourn = await startSojourn();
    await answered('create-user', '--user-name', 'bob');
    const policy = ['--policy-name', 'read', '--policy-document', READ];
    await answered('put-user-policy', '--user-name', 'bob', ...policy);
  });
  after(async () => sojourn?.dispose());

  test('a policy is asked, and the statement that decided is told with its place', async () => {
    const asked = ['--policy-input-list', READ, '--action-names', 's3:GetObject', 's3:PutObject'];
    const { EvaluationResults: results } = await answered('simulate-custom-policy', ...asked);
    assert.deepEqual(results, [
      {
        EvalActionName: 's3:GetObject',
        EvalResourceName: '*',
        EvalDecision: 'allowed',
        MatchedStatements: [
          {
            SourcePolicyId: 'PolicyInputList.1',
            SourcePolicyType: 'IAM Policy',
            StartPosition: { Line: 1, Column: 38 },
            EndPosition: { Line: 1, Column: READ.indexOf(']') + 1 },
          },
        ],
        MissingContextValues: [],
      },
      {
        EvalActionName: 's3:PutObject',
        EvalResourceName: '*',
        EvalDecision: 'implicitDeny',
        MatchedStatements: [],
        MissingContextValues: [],
      },
    ]);
  });

  test('the pages of a user’s simulation, joined by the CLI, are a result for every action, each with its resources', async () => {
    const actions = ['s3:GetObject', 's3:GetObjectTagging', 's3:PutObject'];
    const asked = ['--policy-source-arn', BOB, '--action-names', ...actions, '--resource-arns', KEY, `${KEY}2`];
    const whole = await answered('simulate-principal-policy', ...asked);
    const paged = await answered('simulate-principal-policy', ...asked, '--page-size', '1');
    assert.deepEqual(paged['EvaluationResults'], whole['EvaluationResults']);
    assert.ok(Array.isArray(whole['EvaluationResults']) && whole['EvaluationResults'].length === actions.length);
  });

  test('the keys that a policy looks at are listed', async () => {
    const conditional = document({
      Effect: 'Allow',
      Action: '*',
      Resource: 'arn:aws:s3:::bucket/${aws:username}/*',
      Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    });
    const { ContextKeyNames: names } = await answered(
      'get-context-keys-for-custom-policy',
      '--policy-input-list',
      conditional,
    );
    assert.ok(Array.isArray(names));
    assert.deepEqual(names.toSorted(), ['aws:RequestedRegion', 'aws:username']);
  });

  test('what AWS refuses is refused in its words', async () => {
    const custom = ['simulate-custom-policy', '--policy-input-list', READ, '--action-names', 's3:GetObject'];
    const entry = 'ContextKeyName=aws:SourceIp,ContextKeyValues=10.0.0.0/8,ContextKeyType=ip';
    const refusals: readonly (readonly [readonly string[], string])[] = [
      [[...custom, '--context-entries', entry], 'Invalid context value for key aws:SourceIp: expected IP address.'],
      [
        [...custom, '--caller-arn', BOB, '--resource-owner', '000000000000'],
        "'000000000000' is not a valid as a Resource Owner.",
      ],
      [[...custom, '--resource-policy', READ], 'Invalid caller - Caller cannot be null or empty.'],
      [
        ['simulate-principal-policy', '--policy-source-arn', `${BOB}-2`, '--action-names', 's3:GetObject'],
        'Unable to retrieve specified IAM entity.',
      ],
      [['get-context-keys-for-custom-policy', '--policy-input-list', '{'], 'InvalidInput'],
    ];
    for (const [args, sentence] of refusals) {
      const { code, err } = await run('aws', ['iam', ...args], { env: sojourn.env });
      // The CLI ends with 255 when a page of a paged call is refused, with 254 elsewhere.
      assert.ok(code === 254 || code === 255, err);
      assert.ok(err.includes(sentence), err);
    }
  });
});

/** A policy of one statement. */
function document(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

async function answered(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { code, out, err } = await run('aws', ['iam', ...args, '--output', 'json'], { env: sojourn.env });
  assert.equal(code, 0, err);
  return out.trim() === '' ? {} : JSON.parse(out);
}
