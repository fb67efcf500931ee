/** The simulator knows what our own operations ask: every action, and every ARN that it is asked of. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseArn } from '../../base/arn.ts';
import { auditNotes } from '../../federation/audit-notes.ts';
import { askedOf, fitsResource, isKnownAction } from '../../federation/simulation/known-actions.ts';
import type { Call, Permission } from '../operation.ts';
import { cloudTrailOperations } from '../cloudtrail/operations.ts';
import { organizationsOperations } from '../organizations/operations.ts';
import { s3Operations } from '../s3/operations.ts';
import { stsOperations } from '../sts/operations.ts';
import { ACCOUNT, NOW, openIam, ROOT, type IamUnderTest } from './iam-suite.ts';
import { TRUST } from './iam-suite-documents.ts';
import { iamOperations } from './operations.ts';

const ARN = `arn:aws:iam::${ACCOUNT}:`;

/** What any operation may want to know of its input. */
const INPUT = {
  AccessKeyId: 'AKIAROOTROOTROOTROOT',
  AccountId: ACCOUNT,
  Arn: `${ARN}user/bob`,
  AssumeRolePolicyDocument: TRUST,
  Audience: ['x'],
  ChildId: 'ou-aaaa-bbbbbbbb',
  CreateAccountRequestId: 'car-aaaaaaaa',
  DestinationParentId: 'ou-aaaa-bbbbbbbb',
  GroupName: 'ops',
  InstanceProfileName: 'web',
  Name: 'bob',
  NewGroupName: 'dev',
  NewUserName: 'alice',
  OpenIDConnectProviderArn: `${ARN}oidc-provider/example.com`,
  OrganizationalUnitId: 'ou-aaaa-bbbbbbbb',
  ParentId: 'ou-aaaa-bbbbbbbb',
  PermissionsBoundary: `${ARN}policy/p`,
  PolicyArn: `${ARN}policy/p`,
  PolicyId: 'p-FullAWSAccess',
  PolicyName: 'p',
  PolicySourceArn: `${ARN}user/bob`,
  ResourceId: ACCOUNT,
  RoleArn: `${ARN}role/deploy`,
  RoleName: 'deploy',
  RootId: 'r-aaaa',
  SourceParentId: 'ou-aaaa-bbbbbbbb',
  Tags: [{ Key: 'a', Value: 'b' }],
  TagKeys: ['a'],
  TargetId: ACCOUNT,
  Type: 'SERVICE_CONTROL_POLICY',
  Url: 'https://example.com',
  UserName: 'bob',
};

/** Recorded: on an ARN of their kind AWS's simulator denies lists, though IAM asks for them on the path that they list. */
const LISTS = /^iam:List(?:Groups|InstanceProfiles|OpenIDConnectProviders|Roles|Users|VirtualMFADevices)$/;

function callIn({ sojourn }: IamUnderTest): Call {
  const http = {
    method: 'POST',
    headers: {},
    query: new Map(),
    sourceIp: '127.0.0.1',
    secure: false,
    trailers: new Map(),
  };
  const facts = { caller: ROOT, account: ACCOUNT, region: 'us-east-1', requestId: 'r', now: NOW, sojourn };
  return { ...facts, http, notes: auditNotes(), reply: { headers: {} } };
}

interface Row {
  readonly name: string;
  readonly permission: Permission<typeof INPUT>;
}

/** The rows of a table; each may read of the input what it likes. */
function rowsOf(table: object): readonly Row[] {
  return Object.values(table);
}

test('every action that an operation may ask for is known', () => {
  for (const table of [iamOperations, stsOperations, organizationsOperations, s3Operations, cloudTrailOperations]) {
    for (const { name, permission } of rowsOf(table)) {
      if (permission.kind === 'none') continue;
      for (const action of permission.actions) assert.ok(isKnownAction(action), `${name} asks for ${action}`);
    }
  }
});

test('every ARN that an operation asks it of is one that AWS asks it of', async (t) => {
  const iam = await openIam(t);
  const call = callIn(iam);
  await organizationsOperations.CreateOrganization?.handle({ FeatureSet: 'ALL' }, call);
  let asked = 0;
  for (const table of [iamOperations, stsOperations, organizationsOperations]) {
    for (const { name, permission } of rowsOf(table)) {
      if (permission.kind !== 'actions') continue;
      for (const { action, resource } of await permission.requirements(INPUT, call)) {
        if (LISTS.test(action)) continue;
        assert.ok(fitsResource(askedOf(action), parseArn(resource)), `${name} asks for ${action} on ${resource}`);
        asked++;
      }
    }
  }
  assert.ok(asked > 150, String(asked));
});
