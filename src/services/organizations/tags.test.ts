/** Tags of the root, units, accounts and policies. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DENY_DELETION, newAccount, withOrganization } from './organizations-suite.ts';

test('everything that can be tagged takes tags, other values for them, and lets them go', async (context) => {
  const subject = await withOrganization(context);
  const { call, rootId } = subject;
  const account = await newAccount(subject, 'member');
  const unit = (await call('CreateOrganizationalUnit', { ParentId: rootId, Name: 'u' })).OrganizationalUnit?.Id ?? '';
  const draft = { Type: 'SERVICE_CONTROL_POLICY', Name: 'p', Description: '', Content: DENY_DELETION } as const;
  const policy = (await call('CreatePolicy', draft)).Policy?.PolicySummary?.Id ?? '';
  for (const ResourceId of [rootId, account, unit, policy]) {
    await call('TagResource', {
      ResourceId,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'A', Value: '2' },
      ],
    });
    await call('TagResource', { ResourceId, Tags: [{ Key: 'a', Value: '3' }] });
    assert.deepEqual((await call('ListTagsForResource', { ResourceId })).Tags, [
      { Key: 'a', Value: '3' },
      { Key: 'A', Value: '2' },
    ]);
    await call('UntagResource', { ResourceId, TagKeys: ['a', 'absent'] });
    assert.deepEqual((await call('ListTagsForResource', { ResourceId })).Tags, [{ Key: 'A', Value: '2' }]);
  }
});

test('tags that AWS refuses are refused, on creation too', async (context) => {
  const { call, refused, rootId: ResourceId } = await withOrganization(context);
  const many = (count: number) => Array.from({ length: count }, (_, n) => ({ Key: `k${n}`, Value: '' }));
  const reserved = { code: 'InvalidInputException', reason: 'INVALID_SYSTEM_TAGS_PARAMETER' };
  await refused('TagResource', { ResourceId, Tags: [{ Key: 'aws:x', Value: '' }] }, reserved);
  const repeated = { code: 'InvalidInputException', reason: 'DUPLICATE_TAG_KEY' };
  const twice = [
    { Key: 'a', Value: '1' },
    { Key: 'a', Value: '2' },
  ];
  await refused('TagResource', { ResourceId, Tags: twice }, repeated);
  await refused('CreateOrganizationalUnit', { ParentId: ResourceId, Name: 'u', Tags: twice }, repeated);
  await refused('CreateAccount', { Email: 'a@example.com', AccountName: 'a', Tags: twice }, repeated);
  await call('TagResource', { ResourceId, Tags: many(50) });
  const tooMany = { code: 'ConstraintViolationException', reason: 'MAX_TAG_LIMIT_EXCEEDED' };
  await refused('TagResource', { ResourceId, Tags: [{ Key: 'one-more', Value: '' }] }, tooMany);
  assert.equal((await call('ListTagsForResource', { ResourceId })).Tags?.length, 50);
});

test('what does not exist, or is AWS’s, has no tags', async (context) => {
  const { refused } = await withOrganization(context);
  const absent = { code: 'TargetNotFoundException', message: "You specified a target that doesn't exist." };
  for (const ResourceId of ['p-FullAWSAccess', 'p-abcdefgh', '999999999999', 'r-none', 'ou-abcd-12345678']) {
    await refused('TagResource', { ResourceId, Tags: [{ Key: 'a', Value: '' }] }, absent);
    await refused('UntagResource', { ResourceId, TagKeys: ['a'] }, absent);
    await refused('ListTagsForResource', { ResourceId }, absent);
  }
});
