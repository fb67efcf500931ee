import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { elementText } from '../../cli/api-client.ts';
import { ACCOUNT, credentialsIn, openSts, PROVIDER, refused, trustsJob, type StsUnderTest } from './sts-suite.ts';

const DENIED = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
let sts: StsUnderTest;
let deploy: string;

before(async () => {
  sts = await openSts();
  deploy = await sts.role('deploy', [trustsJob()], { Path: '/ci/', MaxSessionDuration: '7200' });
});
after(() => sts.dispose());

test('the answer names provider ARN, audience, subject and the assumed role without its path', async () => {
  const answer = await sts.federate(deploy, sts.token());
  assert.equal(deploy, `arn:aws:iam::${ACCOUNT}:role/ci/deploy`);
  assert.equal(elementText(answer, 'Provider'), PROVIDER);
  assert.equal(elementText(answer, 'Audience'), 'sts.amazonaws.com');
  assert.equal(elementText(answer, 'SubjectFromWebIdentityToken'), 'repo:my-org/my-repo:ref:refs/heads/main');
  assert.equal(elementText(answer, 'Arn'), `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/job`);
  assert.match(elementText(answer, 'AssumedRoleId') ?? '', /^AROA[A-Z2-7]{17}:job$/);
  const packed = Number(elementText(answer, 'PackedPolicySize'));
  assert.ok(packed >= 20 && packed <= 30, `PackedPolicySize ${packed}`);
  assert.match(credentialsIn(answer).accessKeyId, /^ASIA[A-Z2-7]{16}$/);
});

test('the session lives as long as asked, beyond the token’s own end; one hour when nothing is asked', async () => {
  const life = async (more: Readonly<Record<string, string>>): Promise<number> => {
    const answer = await sts.federate(deploy, sts.token(), more);
    return Math.round((Date.parse(elementText(answer, 'Expiration') ?? '') - Date.now()) / 100_000);
  };
  assert.equal(await life({}), 36);
  assert.equal(await life({ DurationSeconds: '7200' }), 72);
  refused(
    await sts.federate(deploy, sts.token(), { DurationSeconds: '7201' }),
    400,
    'ValidationError',
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  );
  refused(
    await sts.federate(deploy, sts.token(), { DurationSeconds: '899' }),
    400,
    'ValidationError',
    "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
  );
});

test('another repository, a role that is not there and an ARN in other letters get the same one sentence', async () => {
  const other = sts.token({ sub: 'repo:my-org/other:ref:refs/heads/main' });
  refused(await sts.federate(deploy, other), 403, 'AccessDenied', DENIED);
  refused(await sts.federate(`arn:aws:iam::${ACCOUNT}:role/none`, sts.token()), 403, 'AccessDenied', DENIED);
  refused(await sts.federate(deploy.replace('deploy', 'Deploy'), sts.token()), 403, 'AccessDenied', DENIED);
  refused(await sts.federate(`arn:aws:iam::${ACCOUNT}:role/deploy`, sts.token()), 403, 'AccessDenied', DENIED);
});

test('a RoleArn that is none, and one of an account without the provider', async () => {
  const notARole = `arn:aws:iam::${ACCOUNT}:user/deploy`;
  refused(await sts.federate(notARole, sts.token()), 400, 'ValidationError', 'Request ARN is invalid');
  refused(
    await sts.federate('arn:aws:iam::111122223333:role/deploy', sts.token()),
    400,
    'InvalidIdentityToken',
    'No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com',
  );
});

test('session tags of the token need sts:TagSession in the trust policy, a source identity sts:SetSourceIdentity', async () => {
  const tagged = sts.token({
    'https://aws.amazon.com/tags': { principal_tags: { Team: ['engineering'] }, transitive_tag_keys: ['Team'] },
  });
  const identified = sts.token({ 'https://aws.amazon.com/source_identity': 'octocat' });
  refused(await sts.federate(deploy, tagged), 403, 'AccessDenied', 'Not authorized to perform sts:TagSession');
  refused(
    await sts.federate(deploy, identified),
    403,
    'AccessDenied',
    'Not authorized to perform sts:SetSourceIdentity',
  );
  const open = await sts.role('tagging', [trustsJob('sts:TagSession', 'sts:SetSourceIdentity')]);
  assert.equal((await sts.federate(open, tagged)).status, 200);
  const answer = await sts.federate(open, identified);
  assert.equal(elementText(answer, 'SourceIdentity'), 'octocat');
});

test('the roles claim is checked before the trust policy', async () => {
  const elsewhere = sts.token({ 'https://aws.amazon.com/roles': [`arn:aws:iam::${ACCOUNT}:role/other`] });
  refused(
    await sts.federate(deploy, elsewhere),
    400,
    'InvalidIdentityToken',
    'The target role ARN is not present in the roles claim of the identity token',
  );
  const here = sts.token({ 'https://aws.amazon.com/roles': [deploy] });
  assert.equal((await sts.federate(deploy, here)).status, 200);
  const byIdp = await sts.role('by-idp', [
    { ...trustsJob(), Condition: { ...conditionOf(trustsJob()), Bool: { 'sts:RoleAuthorizedByIdp': 'true' } } },
  ]);
  refused(await sts.federate(byIdp, sts.token()), 403, 'AccessDenied', DENIED);
  assert.equal((await sts.federate(byIdp, sts.token({ 'https://aws.amazon.com/roles': byIdp }))).status, 200);
});

test('a session policy cuts what the role allows; a malformed, a too long and an unknown one are refused', async () => {
  await sts.asRoot('iam', 'PutRolePolicy', { RoleName: 'deploy', PolicyName: 'p', PolicyDocument: policy('iam:Get*') });
  const whole = credentialsIn(await sts.federate(deploy, sts.token()));
  assert.equal((await sts.call('iam', 'GetRole', { RoleName: 'deploy' }, whole)).status, 200);
  const cut = credentialsIn(await sts.federate(deploy, sts.token(), { Policy: policy('iam:ListRoles') }));
  const denied = await sts.call('iam', 'GetRole', { RoleName: 'deploy' }, cut);
  refused(
    denied,
    403,
    'AccessDenied',
    `User: arn:aws:sts::${ACCOUNT}:assumed-role/deploy/job is not authorized to perform: iam:GetRole on resource: role deploy because no session policy allows the iam:GetRole action`,
  );
  const managed = { 'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' };
  const s3Only = credentialsIn(await sts.federate(deploy, sts.token(), managed));
  assert.equal((await sts.call('iam', 'GetRole', { RoleName: 'deploy' }, s3Only)).status, 403);
  const malformed = await sts.federate(deploy, sts.token(), { Policy: '{' });
  assert.equal(elementText(malformed, 'Code'), 'MalformedPolicyDocument');
  const long = { Policy: policy('iam:Get*'), ...manyArns(10, 'x'.repeat(120)) };
  assert.equal(
    elementText(await sts.federate(deploy, sts.token(), { ...long, Policy: policy(`s3:${'x'.repeat(900)}`) }), 'Code'),
    'PackedPolicyTooLarge',
  );
  const unknown = { 'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/NoSuchPolicy' };
  assert.equal((await sts.federate(deploy, sts.token(), unknown)).status, 400);
});

test('a provider parameter is refused, by AWS’s words for each kind', async () => {
  refused(
    await sts.federate(deploy, sts.token(), { ProviderId: 'example.com' }),
    403,
    'AccessDenied',
    'Unrecognized OAuth provider. Do not include a provider parameter when submitting OpenIDConnect ID tokens',
  );
  refused(
    await sts.federate(deploy, sts.token(), { ProviderId: 'www.amazon.com' }),
    400,
    'InvalidIdentityToken',
    'Provided Token is not a Login With Amazon token',
  );
});

test('provider-specific keys decide at assume time and are gone in the session', async () => {
  const pinned = await sts.role('pinned', [
    {
      ...trustsJob(),
      Condition: {
        ...conditionOf(trustsJob()),
        StringEquals: { 'token.actions.githubusercontent.com:REPOSITORY': 'my-org/my-repo' },
      },
    },
  ]);
  const session = credentialsIn(await sts.federate(pinned, sts.token()));
  refused(await sts.federate(pinned, sts.token({ repository: undefined })), 403, 'AccessDenied', DENIED);
  const onKey = (key: string, value: string): string =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'iam:GetRole', Resource: '*', Condition: { StringEquals: { [key]: value } } },
      ],
    });
  const put = (document: string): Promise<unknown> =>
    sts.asRoot('iam', 'PutRolePolicy', { RoleName: 'pinned', PolicyName: 'p', PolicyDocument: document });
  await put(onKey('token.actions.githubusercontent.com:repository', 'my-org/my-repo'));
  assert.equal((await sts.call('iam', 'GetRole', { RoleName: 'pinned' }, session)).status, 403);
  await put(onKey('token.actions.githubusercontent.com:sub', 'repo:my-org/my-repo:ref:refs/heads/main'));
  assert.equal((await sts.call('iam', 'GetRole', { RoleName: 'pinned' }, session)).status, 200);
});

test('refused tokens are in the audit log too, without the token', async () => {
  await sts.federate(deploy, 'eyJhbGciOiJub25lIn0.e30.');
  const last = sts.auditLines().at(-1) ?? '';
  const event: Record<string, unknown> = JSON.parse(last);
  assert.equal(event['errorCode'], 'InvalidIdentityToken');
  assert.equal(event['eventName'], 'AssumeRoleWithWebIdentity');
  assert.doesNotMatch(last, /eyJ/);
});

function policy(action: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
}

function manyArns(count: number, name: string): Readonly<Record<string, string>> {
  const arns = Array.from({ length: count }, (_, index) => [
    `PolicyArns.member.${index + 1}.arn`,
    `arn:aws:iam::aws:policy/${name}${index}`,
  ]);
  return Object.fromEntries(arns);
}

function conditionOf(statement: object): object {
  return 'Condition' in statement && typeof statement.Condition === 'object' ? { ...statement.Condition } : {};
}
