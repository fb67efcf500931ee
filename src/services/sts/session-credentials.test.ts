/** GetSessionToken, GetCallerIdentity, GetAccessKeyInfo, and what becomes of sessions when their principal goes. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { elementText } from '../../cli/api-client.ts';
import { ACCOUNT, credentialsIn, openSts, refused, trustsJob, type StsUnderTest } from './sts-suite.ts';

let sts: StsUnderTest;
before(async () => {
  sts = await openSts();
});
after(() => sts.dispose());

const INVALID = 'The security token included in the request is invalid.';

test('GetSessionToken: the same user for a while, who may call neither IAM nor more of STS', async () => {
  const user = await sts.user('carol');
  const answer = await sts.call('sts', 'GetSessionToken', {}, user);
  assert.equal(Math.round((Date.parse(elementText(answer, 'Expiration') ?? '') - Date.now()) / 3_600_000), 12);
  const session = credentialsIn(answer);
  const who = await sts.call('sts', 'GetCallerIdentity', {}, session);
  assert.equal(elementText(who, 'Arn'), `arn:aws:iam::${ACCOUNT}:user/carol`);
  refused(await sts.call('iam', 'ListUsers', {}, session), 403, 'InvalidClientTokenId', INVALID);
  refused(
    await sts.call('sts', 'GetSessionToken', {}, session),
    403,
    'AccessDenied',
    'Cannot call GetSessionToken with session credentials',
  );
});

test('GetSessionToken of root lives one hour at most, of a role session is refused', async () => {
  const root = await sts.call('sts', 'GetSessionToken', { DurationSeconds: '129600' }, sts.root);
  assert.equal(Math.round((Date.parse(elementText(root, 'Expiration') ?? '') - Date.now()) / 100_000), 36);
  const role = await sts.role('job', [trustsJob()]);
  const session = credentialsIn(await sts.federate(role, sts.token()));
  refused(
    await sts.call('sts', 'GetSessionToken', {}, session),
    403,
    'AccessDenied',
    'Cannot call GetSessionToken with session credentials',
  );
});

test('GetCallerIdentity tells every caller who it is, and cannot be denied', async () => {
  const root = await sts.call('sts', 'GetCallerIdentity', {}, sts.root);
  assert.deepEqual(
    [elementText(root, 'UserId'), elementText(root, 'Account'), elementText(root, 'Arn')],
    [ACCOUNT, ACCOUNT, `arn:aws:iam::${ACCOUNT}:root`],
  );
  const dave = await sts.user('dave');
  const deny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };
  await sts.asRoot('iam', 'PutUserPolicy', { UserName: 'dave', PolicyName: 'd', PolicyDocument: JSON.stringify(deny) });
  assert.equal((await sts.call('sts', 'GetCallerIdentity', {}, dave)).status, 200);
  refused(
    await sts.call('sts', 'GetCallerIdentity', {}),
    403,
    'MissingAuthenticationToken',
    'Request is missing Authentication Token',
  );
});

test('GetAccessKeyInfo reads the account out of any key id', async () => {
  const account = async (id: string): Promise<string | undefined> =>
    elementText(await sts.call('sts', 'GetAccessKeyInfo', { AccessKeyId: id }, sts.root), 'Account');
  assert.equal(await account('ASIA3ISBVQKHJOCMRQJH'), '774305579662');
  assert.equal(await account(sts.root.accessKeyId), ACCOUNT);
  assert.equal((await sts.call('sts', 'GetAccessKeyInfo', { AccessKeyId: 'short' }, sts.root)).status, 400);
});

test('a session ends with its role, also when another role takes the name', async () => {
  const role = await sts.role('short-lived', [trustsJob()]);
  const session = credentialsIn(await sts.federate(role, sts.token()));
  assert.equal((await sts.call('sts', 'GetCallerIdentity', {}, session)).status, 200);
  await sts.asRoot('iam', 'DeleteRole', { RoleName: 'short-lived' });
  refused(await sts.call('sts', 'GetCallerIdentity', {}, session), 403, 'InvalidClientTokenId', INVALID);
  await sts.role('short-lived', [trustsJob()]);
  refused(await sts.call('sts', 'GetCallerIdentity', {}, session), 403, 'InvalidClientTokenId', INVALID);
});

test('a session token with another key, another Sojourn’s token and none at all are one answer', async () => {
  const role = await sts.role('bound', [trustsJob()]);
  const one = credentialsIn(await sts.federate(role, sts.token()));
  const two = credentialsIn(await sts.federate(role, sts.token()));
  const mixed = { ...one, sessionToken: two.sessionToken };
  refused(await sts.call('sts', 'GetCallerIdentity', {}, mixed), 403, 'InvalidClientTokenId', INVALID);
  const { accessKeyId, secretAccessKey } = one;
  refused(
    await sts.call('sts', 'GetCallerIdentity', {}, { accessKeyId, secretAccessKey }),
    403,
    'InvalidClientTokenId',
    INVALID,
  );
  const garbage = { ...one, sessionToken: 'AAAA' };
  refused(await sts.call('sts', 'GetCallerIdentity', {}, garbage), 403, 'InvalidClientTokenId', INVALID);
});

test('an inactive key is refused before its signature is looked at; an active one again after', async () => {
  const erin = await sts.user('erin');
  const status = (Status: string): Promise<unknown> =>
    sts.asRoot('iam', 'UpdateAccessKey', { UserName: 'erin', AccessKeyId: erin.accessKeyId, Status });
  await status('Inactive');
  const wrong = { ...erin, secretAccessKey: 'not-the-secret-at-all' };
  refused(await sts.call('sts', 'GetCallerIdentity', {}, wrong), 403, 'InvalidClientTokenId', INVALID);
  await status('Active');
  assert.equal((await sts.call('sts', 'GetCallerIdentity', {}, erin)).status, 200);
  refused(
    await sts.call('sts', 'GetCallerIdentity', {}, wrong),
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );
});

test('AWSRevokeOlderSessions ends the sessions of before and lets new ones work', async () => {
  const role = await sts.role('revoked', [trustsJob()]);
  const put = (name: string, statement: object): Promise<unknown> =>
    sts.asRoot('iam', 'PutRolePolicy', {
      RoleName: 'revoked',
      PolicyName: name,
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    });
  await put('read', { Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' });
  const session = credentialsIn(await sts.federate(role, sts.token()));
  assert.equal((await sts.call('iam', 'GetRole', { RoleName: 'revoked' }, session)).status, 200);
  const revoke = (at: number): Promise<unknown> =>
    put('AWSRevokeOlderSessions', {
      Effect: 'Deny',
      Action: ['*'],
      Resource: ['*'],
      Condition: { DateLessThan: { 'aws:TokenIssueTime': new Date(at).toISOString() } },
    });
  await revoke(Date.now() + 2000);
  assert.equal((await sts.call('iam', 'GetRole', { RoleName: 'revoked' }, session)).status, 403);
  await revoke(Date.now() - 60_000);
  assert.equal((await sts.call('iam', 'GetRole', { RoleName: 'revoked' }, session)).status, 200);
});
