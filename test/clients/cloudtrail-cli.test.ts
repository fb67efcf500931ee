/** `aws cloudtrail lookup-events`, unmodified, over what the aws CLI itself did before: each attribute, times, pages, refusals. */
import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { missing, run, type Ran } from './programs.ts';
import { SOJOURN, startSojourn, type RunningSojourn } from './running-sojourn.ts';

const skip = missing('aws');
const POLICY = resolve(import.meta.dirname, '..', '..', 'examples', 'trust-policies', 'after.json');
const ACCOUNT = '000000000000';
const ISSUER = 'token.actions.githubusercontent.com';
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/deploy`;
const SUBJECT = 'repo:my-org/my-repo:environment:production';

type Members = Readonly<Record<string, unknown>>;

let sojourn: RunningSojourn;
let nora: NodeJS.ProcessEnv;
/** What happened, newest first, as one lookup of everything before the first test saw it. */
let history: readonly Members[];

describe('aws cloudtrail lookup-events', { skip }, () => {
  before(async () => {
    sojourn = await startSojourn();
    await succeeded(
      'iam',
      'create-open-id-connect-provider',
      '--url',
      `https://${ISSUER}`,
      '--client-id-list',
      'sts.amazonaws.com',
    );
    const trust = ['--assume-role-policy-document', `file://${POLICY}`];
    await succeeded('iam', 'create-role', '--role-name', 'deploy', ...trust);
    await succeeded('iam', 'create-user', '--user-name', 'nora');
    const key = members((await succeeded('iam', 'create-access-key', '--user-name', 'nora'))['AccessKey']);
    nora = {
      ...sojourn.env,
      AWS_ACCESS_KEY_ID: String(key['AccessKeyId']),
      AWS_SECRET_ACCESS_KEY: String(key['SecretAccessKey']),
    };
    assert.equal((await aws(nora, 'sts', 'get-caller-identity')).code, 0);
    assert.equal((await aws(nora, 'iam', 'list-users')).code, 254);
    assert.equal((await assume('refs/heads/main')).code, 0);
    assert.equal((await assume('refs/heads/feature')).code, 254);
    history = await lookup();
  });
  after(async () => sojourn?.dispose());

  test('a job that came in is recorded as CloudTrail does', async () => {
    const [, made] = await lookup(...attribute('EventName', 'AssumeRoleWithWebIdentity'));
    const event = whole(made);
    assert.deepEqual(Object.keys(event).toSorted(), [
      'additionalEventData',
      'awsRegion',
      'eventCategory',
      'eventID',
      'eventName',
      'eventSource',
      'eventTime',
      'eventType',
      'eventVersion',
      'managementEvent',
      'readOnly',
      'recipientAccountId',
      'requestID',
      'requestParameters',
      'resources',
      'responseElements',
      'sojourn',
      'sourceIPAddress',
      'userAgent',
      'userIdentity',
    ]);
    assert.deepEqual(event['userIdentity'], {
      type: 'WebIdentityUser',
      principalId: `${PROVIDER}:sts.amazonaws.com:${SUBJECT}`,
      userName: SUBJECT,
      identityProvider: PROVIDER,
    });
    assert.deepEqual(event['requestParameters'], { roleArn: ROLE, roleSessionName: 'ci' });
    const { credentials, assumedRoleUser, packedPolicySize, ...answer } = members(event['responseElements']);
    assert.deepEqual(Object.keys(members(credentials)), ['accessKeyId', 'expiration']);
    assert.equal(members(assumedRoleUser)['arn'], `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/ci`);
    assert.equal(typeof packedPolicySize, 'number');
    assert.deepEqual(answer, {
      subjectFromWebIdentityToken: SUBJECT,
      provider: PROVIDER,
      audience: 'sts.amazonaws.com',
    });
    assert.deepEqual(event['resources'], [{ accountId: ACCOUNT, type: 'AWS::IAM::Role', ARN: ROLE }]);
    const { eventVersion, eventSource, eventType, eventCategory, readOnly, managementEvent, recipientAccountId } =
      event;
    assert.deepEqual(
      { eventVersion, eventSource, eventType, eventCategory, readOnly, managementEvent, recipientAccountId },
      {
        eventVersion: '1.11',
        eventSource: 'sts.amazonaws.com',
        eventType: 'AwsApiCall',
        eventCategory: 'Management',
        readOnly: true,
        managementEvent: true,
        recipientAccountId: ACCOUNT,
      },
    );
    assert.match(String(event['userAgent']), /aws-cli/);
    const { EventId, EventName, ReadOnly, EventSource, Username } = made ?? {};
    assert.deepEqual([EventId, EventName, ReadOnly], [event['eventID'], 'AssumeRoleWithWebIdentity', 'true']);
    assert.deepEqual([EventSource, Username], ['sts.amazonaws.com', SUBJECT]);
  });

  test('so is one that did not, with the subject that it really had', async () => {
    const [refused] = await lookup(...attribute('EventName', 'AssumeRoleWithWebIdentity'));
    const event = whole(refused);
    assert.equal(event['errorCode'], 'AccessDenied');
    assert.equal(event['errorMessage'], 'Not authorized to perform sts:AssumeRoleWithWebIdentity');
    assert.equal(event['responseElements'], null);
    const identity = members(event['userIdentity']);
    assert.deepEqual([identity['type'], identity['identityProvider']], ['WebIdentityUser', PROVIDER]);
    assert.deepEqual(event['requestParameters'], { roleArn: ROLE, roleSessionName: 'ci' });
    assert.ok(!JSON.stringify(event).includes('eyJ'), 'no token is kept');
  });

  test('each attribute finds what has it, and nothing else', async () => {
    const [first] = history;
    const keyId = String(nora['AWS_ACCESS_KEY_ID']);
    const rows: readonly (readonly [string, string, (event: Members) => boolean])[] = [
      ['EventId', String(first?.['EventId']), ({ EventId }) => EventId === first?.['EventId']],
      ['EventName', 'CreateUser', ({ EventName }) => EventName === 'CreateUser'],
      ['ReadOnly', 'false', ({ ReadOnly }) => ReadOnly === 'false'],
      ['Username', 'nora', ({ Username }) => Username === 'nora'],
      ['EventSource', 'iam.amazonaws.com', ({ EventSource }) => EventSource === 'iam.amazonaws.com'],
      ['AccessKeyId', keyId, ({ AccessKeyId }) => AccessKeyId === keyId],
      ['ResourceType', 'AWS::IAM::User', (event) => hasResource(event, 'ResourceType', 'AWS::IAM::User')],
      ['ResourceName', ROLE, (event) => hasResource(event, 'ResourceName', ROLE)],
    ];
    for (const [key, value, has] of rows) {
      const due = history.filter(has).map(({ EventId }) => EventId);
      assert.ok(due.length > 0, `nothing has ${key} ${value}`);
      const found = (await lookup(...attribute(key, value))).filter(isOfHistory).map(({ EventId }) => EventId);
      assert.deepEqual(found, due, key);
      assert.deepEqual(await lookup(...attribute(key, `${value}x`)), [], key);
    }
  });

  test('times bound the history on both sides', async () => {
    const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
    assert.deepEqual(await lookup('--start-time', inSeconds(3600)), []);
    assert.deepEqual(await lookup('--end-time', inSeconds(-3600)), []);
    const around = await lookup('--start-time', inSeconds(-3600), '--end-time', inSeconds(3600));
    assert.deepEqual(
      around.filter(isOfHistory).map(({ EventId }) => EventId),
      history.map(({ EventId }) => EventId),
    );
    await refused('InvalidTimeRangeException', '--start-time', inSeconds(60), '--end-time', inSeconds(-60));
  });

  test('pages: --max-items stops and --starting-token goes on; small pages give each event once', async () => {
    const created = attribute('EventSource', 'iam.amazonaws.com');
    const all = (await lookup(...created)).map(({ EventId }) => EventId);
    const start = await succeeded('cloudtrail', 'lookup-events', ...created, '--max-items', '2');
    const rest = await succeeded(
      'cloudtrail',
      'lookup-events',
      ...created,
      '--starting-token',
      String(start['NextToken']),
    );
    assert.deepEqual(
      [...events(start), ...events(rest)].map(({ EventId }) => EventId),
      all,
    );
    assert.equal(events(start).length, 2);
    assert.equal(rest['NextToken'], undefined);
    const small = await lookup(...created, '--page-size', '1');
    assert.deepEqual(
      small.map(({ EventId }) => EventId),
      all,
    );
  });

  test('refusals have CloudTrail’s codes', async () => {
    await refused(
      'InvalidLookupAttributesException',
      ...attribute('EventName', 'CreateUser'),
      'AttributeKey=ReadOnly,AttributeValue=true',
    );
    await refused('InvalidLookupAttributesException', ...attribute('Colour', 'blue'));
    await refused('InvalidMaxResultsException', '--max-results', '51');
    await refused('InvalidNextTokenException', '--next-token', 'bm90IGEgdG9rZW4=');
    const denied = await aws(nora, 'cloudtrail', 'lookup-events');
    assert.equal(denied.code, 254);
    assert.match(
      denied.err,
      /\(AccessDeniedException\) when calling the LookupEvents operation: User: arn:aws:iam::000000000000:user\/nora is not authorized to perform: cloudtrail:LookupEvents on resource: \* because no identity-based policy allows the cloudtrail:LookupEvents action/,
    );
  });
});

/** 255 of version 1 is told as version 2's 254. */
async function aws(env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Ran> {
  const ran = await run('aws', [...args, '--output', 'json'], { env });
  return { ...ran, code: ran.code === 255 ? 254 : ran.code };
}

async function succeeded(...args: readonly string[]): Promise<Members> {
  const ran = await aws(sojourn.env, ...args);
  assert.equal(ran.code, 0, `${ran.out}\n${ran.err}`);
  const value: unknown = ran.out.trim() === '' ? {} : JSON.parse(ran.out);
  return members(value);
}

async function refused(code: string, ...flags: readonly string[]): Promise<void> {
  const ran = await aws(sojourn.env, 'cloudtrail', 'lookup-events', ...flags);
  assert.equal(ran.code, 254, `${ran.out}\n${ran.err}`);
  assert.match(ran.err, new RegExp(`\\(${code}\\) when calling the LookupEvents operation: \\w`));
}

async function assume(ref: string): Promise<Ran> {
  const job = ['--repository', 'my-org/my-repo', '--ref', ref, '--environment', 'production'];
  const minted = await run(
    SOJOURN,
    ['token', 'github', ...job, '--audience', 'sts.amazonaws.com', '--data', join(sojourn.data)],
    { env: process.env },
  );
  assert.equal(minted.code, 0, minted.err);
  const session = ['--role-arn', ROLE, '--role-session-name', 'ci', '--web-identity-token', minted.out.trim()];
  return aws(sojourn.env, 'sts', 'assume-role-with-web-identity', ...session);
}

async function lookup(...flags: readonly string[]): Promise<readonly Members[]> {
  return events(await succeeded('cloudtrail', 'lookup-events', ...flags));
}

function events(answer: Members): readonly Members[] {
  const found: unknown = answer['Events'];
  assert.ok(Array.isArray(found));
  return found.map(members);
}

function attribute(key: string, value: string): readonly string[] {
  return ['--lookup-attributes', `AttributeKey=${key},AttributeValue=${value}`];
}

/** Lookups are events too: those of the tests themselves are not asked about. */
function isOfHistory({ EventId }: Members): boolean {
  return history.some((event) => event['EventId'] === EventId);
}

function hasResource(event: Members, member: string, value: string): boolean {
  const resources: unknown = event['Resources'];
  return Array.isArray(resources) && resources.some((resource) => members(resource)[member] === value);
}

function whole(event: Members | undefined): Members {
  return members(JSON.parse(strings(event?.['CloudTrailEvent'])));
}

function strings(value: unknown): string {
  assert.equal(typeof value, 'string');
  return String(value);
}

function members(value: unknown): Members {
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value), JSON.stringify(value));
  return Object.fromEntries(Object.entries(value));
}
