import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openIam } from './iam-suite.ts';
import { TRUST } from './iam-suite-documents.ts';

test('tags: keys compare without case; 50 at most; aws: is reserved', async (t) => {
  const { call, refused } = await openIam(t);
  const named = { RoleName: 'deploy' };
  await call('CreateRole', { ...named, AssumeRolePolicyDocument: TRUST, Tags: [{ Key: 'Team', Value: 'a' }] });
  await call('TagRole', {
    ...named,
    Tags: [
      { Key: 'team', Value: 'b' },
      { Key: 'App', Value: '' },
    ],
  });
  assert.deepEqual((await call('ListRoleTags', named)).Tags, [
    { Key: 'App', Value: '' },
    { Key: 'team', Value: 'b' },
  ]);
  await refused(
    'TagRole',
    { ...named, Tags: [] },
    { code: 'InvalidInput', status: 400, message: 'Error occurred while validating input. ' },
  );
  const duplicate = 'Duplicate tag keys found. Please note that Tag keys are case insensitive.';
  await refused(
    'TagRole',
    {
      ...named,
      Tags: [
        { Key: 'x', Value: '1' },
        { Key: 'X', Value: '2' },
      ],
    },
    { code: 'InvalidInput', status: 400, message: duplicate },
  );
  await refused(
    'TagRole',
    { ...named, Tags: [{ Key: 'aws:x', Value: '1' }] },
    { code: 'InvalidInput', status: 400, message: 'Tag keys beginning with aws: are reserved for system use.' },
  );
  const many = Array.from({ length: 49 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
  await refused(
    'TagRole',
    { ...named, Tags: many },
    { code: 'LimitExceeded', status: 409, message: 'The number of tags has reached the maximum limit.' },
  );
  await call('UntagRole', { ...named, TagKeys: [] });
  await call('UntagRole', { ...named, TagKeys: ['TEAM', 'absent'] });
  await call('TagRole', { ...named, Tags: many });
  const page = await call('ListRoleTags', { ...named, MaxItems: 30 });
  assert.deepEqual([page.Tags.length, page.IsTruncated], [30, true]);
  assert.equal((await call('ListRoleTags', { ...named, Marker: page.Marker })).Tags.length, 20);
});
