/**
 * How a denial of IAM prints the resource. For some actions AWS prints a word and the name, `role deploy`, or a word
 * and the ARN; for all others the ARN that was asked. No document says which: a row stands here for an action whose
 * denials were recorded, or seen in two independent texts, of AWS of 2016 to 2026. Of the actions that have no row
 * either the ARN was seen (CreateRole, CreateUser, CreateGroup, CreateInstanceProfile, PassRole, ListRoles, ListUsers,
 * ListGroups, ListInstanceProfiles, the calls on providers, SimulatePrincipalPolicy) or too little is known.
 */
import { nameInArn } from '../base/arn.ts';

/** The actions whose denials name the resource, by AWS's word for what it is. */
const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  role: [
    'iam:AttachRolePolicy',
    'iam:DeleteRole',
    'iam:DeleteRolePolicy',
    'iam:DetachRolePolicy',
    'iam:GetRole',
    'iam:ListAttachedRolePolicies',
    'iam:ListInstanceProfilesForRole',
    'iam:ListRolePolicies',
    'iam:ListRoleTags',
    'iam:PutRolePolicy',
    'iam:UpdateAssumeRolePolicy',
    'iam:UpdateRole',
  ],
  user: [
    'iam:AttachUserPolicy',
    'iam:CreateAccessKey',
    'iam:GetUser',
    'iam:GetUserPolicy',
    'iam:ListAccessKeys',
    'iam:ListAttachedUserPolicies',
    'iam:ListGroupsForUser',
    'iam:ListSigningCertificates',
    'iam:ListUserPolicies',
    'iam:PutUserPolicy',
    'iam:UpdateAccessKey',
  ],
  group: ['iam:AddUserToGroup', 'iam:GetGroup', 'iam:RemoveUserFromGroup'],
  'instance profile': ['iam:AddRoleToInstanceProfile', 'iam:GetInstanceProfile'],
  // A policy that is to be made is named; one that is there goes by its ARN.
  policy: ['iam:CreatePolicy'],
};

/** The actions whose denials print `policy` and the ARN. */
const POLICY_ARN: readonly string[] = [
  'iam:CreatePolicyVersion',
  'iam:DeletePolicyVersion',
  'iam:GetPolicy',
  'iam:ListPolicyVersions',
];

const PRINTS: ReadonlyMap<string, (arn: string) => string> = new Map([
  ...Object.entries(BY_NAME).flatMap(([word, actions]) =>
    actions.map((action) => [action, (arn: string) => `${word} ${nameInArn(arn)}`] as const),
  ),
  ...POLICY_ARN.map((action) => [action, (arn: string) => `policy ${arn}`] as const),
]);

/** What AWS prints after `on resource: ` for that action; what is no ARN (`*`, `policy path /`) stays as it is. */
export function deniedResource(action: string, resource: string): string {
  const prints = resource.startsWith('arn:') ? PRINTS.get(action) : undefined;
  return prints === undefined ? resource : prints(resource);
}
