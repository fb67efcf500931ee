import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT, NOW, openIam } from './iam-suite.ts';

const URL = 'https://token.actions.githubusercontent.com';
const ARN = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const THUMBPRINT = '6938FD4D98BAB03FAADB97B34396831E3780AEA1';

test('a provider comes back without its scheme, thumbprints lower-cased, tags sorted by key', async (t) => {
  const { call } = await openIam(t);
  const created = await call('CreateOpenIDConnectProvider', {
    Url: URL,
    ClientIDList: ['sts.amazonaws.com', 'other', 'other'],
    ThumbprintList: [THUMBPRINT],
    Tags: [
      { Key: 'b', Value: '2' },
      { Key: 'a', Value: '1' },
    ],
  });
  assert.equal(created.OpenIDConnectProviderArn, ARN);
  assert.deepEqual(await call('GetOpenIDConnectProvider', { OpenIDConnectProviderArn: ARN }), {
    Url: 'token.actions.githubusercontent.com',
    ClientIDList: ['sts.amazonaws.com', 'other'],
    ThumbprintList: [THUMBPRINT.toLowerCase()],
    CreateDate: new Date(NOW),
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
  });
  assert.deepEqual(await call('ListOpenIDConnectProviders', {}), { OpenIDConnectProviderList: [{ Arn: ARN }] });
});

test('without thumbprints the list is empty and stays so', async (t) => {
  const { call } = await openIam(t);
  await call('CreateOpenIDConnectProvider', { Url: URL });
  const { ThumbprintList, ClientIDList } = await call('GetOpenIDConnectProvider', { OpenIDConnectProviderArn: ARN });
  assert.deepEqual([ThumbprintList, ClientIDList], [[], []]);
});

test('a second provider of the same URL is refused, also when the port is written out', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreateOpenIDConnectProvider', { Url: URL });
  const refusal = { code: 'EntityAlreadyExists', status: 409, message: `Provider with url ${URL} already exists.` };
  await refused('CreateOpenIDConnectProvider', { Url: URL }, refusal);
  await refused('CreateOpenIDConnectProvider', { Url: `${URL}:443` }, refusal);
});

test('more than 5 thumbprints, and an update to none, are refused in AWS’s words', async (t) => {
  const { call, refused } = await openIam(t);
  const six = { code: 'InvalidInput', status: 400, message: 'Thumbprint list must contain fewer than 5 entries.' };
  const none = { code: 'InvalidInput', status: 400, message: 'Thumbprint list must contain at least one entry.' };
  await refused('CreateOpenIDConnectProvider', { Url: URL, ThumbprintList: Array(6).fill(THUMBPRINT) }, six);
  await call('CreateOpenIDConnectProvider', { Url: URL, ThumbprintList: Array(5).fill(THUMBPRINT) });
  const update = { OpenIDConnectProviderArn: ARN };
  await refused('UpdateOpenIDConnectProviderThumbprint', { ...update, ThumbprintList: [] }, none);
  await refused('UpdateOpenIDConnectProviderThumbprint', { ...update, ThumbprintList: Array(6).fill(THUMBPRINT) }, six);
  const other = 'A'.repeat(40);
  await call('UpdateOpenIDConnectProviderThumbprint', { ...update, ThumbprintList: [other] });
  const { ThumbprintList } = await call('GetOpenIDConnectProvider', update);
  assert.deepEqual(ThumbprintList, [other.toLowerCase()]);
});

test('client ids: adding and removing are idempotent, and there are at most 100', async (t) => {
  const { call, refused } = await openIam(t);
  const limit = {
    code: 'LimitExceeded',
    status: 409,
    message: 'Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100',
  };
  const hundred = Array.from({ length: 100 }, (_, index) => `client-${index}`);
  await refused('CreateOpenIDConnectProvider', { Url: URL, ClientIDList: [...hundred, 'one more'] }, limit);
  await call('CreateOpenIDConnectProvider', { Url: URL, ClientIDList: hundred });
  const named = { OpenIDConnectProviderArn: ARN };
  await call('AddClientIDToOpenIDConnectProvider', { ...named, ClientID: 'client-1' });
  await refused('AddClientIDToOpenIDConnectProvider', { ...named, ClientID: 'one more' }, limit);
  await call('RemoveClientIDFromOpenIDConnectProvider', { ...named, ClientID: 'client-0' });
  await call('RemoveClientIDFromOpenIDConnectProvider', { ...named, ClientID: 'client-0' });
  await call('AddClientIDToOpenIDConnectProvider', { ...named, ClientID: 'one more' });
  const { ClientIDList } = await call('GetOpenIDConnectProvider', named);
  assert.deepEqual(ClientIDList, [...hundred.slice(1), 'one more']);
});

test('an account holds 100 providers', async (t) => {
  const { call, refused } = await openIam(t);
  for (let index = 0; index < 100; index++) {
    await call('CreateOpenIDConnectProvider', { Url: `https://issuer-${index}.example` });
  }
  await refused(
    'CreateOpenIDConnectProvider',
    { Url: 'https://one-more.example' },
    {
      code: 'LimitExceeded',
      status: 409,
      message: 'Cannot exceed quota for OpenIDConnectProvidersPerAccount: 100',
    },
  );
  const { OpenIDConnectProviderList } = await call('ListOpenIDConnectProviders', {});
  assert.equal(OpenIDConnectProviderList?.length, 100);
});

test('a provider that does not exist: each call has its sentence, and a second delete is refused', async (t) => {
  const { call, refused } = await openIam(t);
  const named = { OpenIDConnectProviderArn: ARN };
  const missing = { code: 'NoSuchEntity', status: 404, message: `OpenIDConnect Provider not found for arn ${ARN}` };
  await refused('GetOpenIDConnectProvider', named, missing);
  await refused('AddClientIDToOpenIDConnectProvider', { ...named, ClientID: 'x' }, missing);
  await refused('RemoveClientIDFromOpenIDConnectProvider', { ...named, ClientID: 'x' }, missing);
  await refused('UpdateOpenIDConnectProviderThumbprint', { ...named, ThumbprintList: [THUMBPRINT] }, missing);
  await refused('TagOpenIDConnectProvider', { ...named, Tags: [{ Key: 'a', Value: '' }] }, missing);
  await refused('UntagOpenIDConnectProvider', { ...named, TagKeys: ['a'] }, missing);
  await refused('ListOpenIDConnectProviderTags', named, missing);
  await call('CreateOpenIDConnectProvider', { Url: URL });
  await call('DeleteOpenIDConnectProvider', named);
  const gone = { code: 'NoSuchEntity', status: 404, message: `OpenId connect Provider ${ARN} cannot be found.` };
  await refused('DeleteOpenIDConnectProvider', named, gone);
});

test('a text that is no ARN, and an ARN of something else, are refused as such', async (t) => {
  const { refused } = await openIam(t);
  const text = 'not-an-arn-but-long-enough';
  await refused(
    'GetOpenIDConnectProvider',
    { OpenIDConnectProviderArn: text },
    { code: 'ValidationError', status: 400, message: `Invalid ARN: ${text}` },
  );
  await refused(
    'GetOpenIDConnectProvider',
    { OpenIDConnectProviderArn: `arn:aws:iam::${ACCOUNT}:role/deploy` },
    { code: 'ValidationError', status: 400, message: 'Invalid resource type in ARN' },
  );
});

test('the provider of another account is out of reach', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreateOpenIDConnectProvider', { Url: URL });
  const other = ARN.replace(ACCOUNT, '210987654321');
  await refused(
    'GetOpenIDConnectProvider',
    { OpenIDConnectProviderArn: other },
    { code: 'AccessDenied', status: 403, message: /iam:GetOpenIDConnectProvider/ },
  );
});

test('tags: keys that differ in case are two tags, the same key takes the new value', async (t) => {
  const { call, refused } = await openIam(t);
  await call('CreateOpenIDConnectProvider', { Url: URL, Tags: [{ Key: 'Team', Value: 'a' }] });
  const named = { OpenIDConnectProviderArn: ARN };
  await call('TagOpenIDConnectProvider', { ...named, Tags: [{ Key: 'team', Value: 'b' }] });
  await call('TagOpenIDConnectProvider', { ...named, Tags: [{ Key: 'Team', Value: 'c' }] });
  assert.deepEqual((await call('ListOpenIDConnectProviderTags', named)).Tags, [
    { Key: 'Team', Value: 'c' },
    { Key: 'team', Value: 'b' },
  ]);
  await call('UntagOpenIDConnectProvider', { ...named, TagKeys: ['Team', 'absent'] });
  assert.deepEqual((await call('ListOpenIDConnectProviderTags', named)).Tags, [{ Key: 'team', Value: 'b' }]);
  await refused(
    'TagOpenIDConnectProvider',
    {
      ...named,
      Tags: [
        { Key: 'x', Value: '1' },
        { Key: 'x', Value: '2' },
      ],
    },
    {
      code: 'InvalidInput',
      status: 400,
      message: 'Duplicate tag keys found.',
    },
  );
});

test('creating a tagged provider needs the permission to tag as well', async (t) => {
  const { requirements } = await openIam(t);
  const [create, tag] = await requirements('CreateOpenIDConnectProvider', {
    Url: URL,
    Tags: [{ Key: 'team', Value: 'ci' }],
  });
  assert.deepEqual(create, {
    action: 'iam:CreateOpenIDConnectProvider',
    resource: ARN,
    context: { 'aws:RequestTag/team': 'ci', 'aws:TagKeys': ['team'] },
  });
  assert.equal(tag?.action, 'iam:TagOpenIDConnectProvider');
  assert.equal((await requirements('CreateOpenIDConnectProvider', { Url: URL })).length, 1);
});
