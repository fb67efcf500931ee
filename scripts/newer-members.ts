/**
 * Members that live IAM takes and that the packaged models do not have yet: the simulators' exclusions and
 * hypothetical service control policies (public service model of botocore 1.43.107, Apache-2.0). The generator lays them
 * over the model that it reads; drop a row when the packaged model has it.
 */

/** A shape as the models write it. */
interface NewerShape {
  readonly type: string;
  readonly [trait: string]: unknown;
}

/** What is laid over the model of one service. */
export interface NewerMembers {
  readonly shapes: Readonly<Record<string, NewerShape>>;
  /** Structure → new member and its shape, and the member that it follows. */
  readonly members: Readonly<Record<string, { readonly after: string; readonly name: string; readonly shape: string }>>;
}

/** Live IAM prints this where the model has the pattern without its ends (recorded in September 2026). */
const LIVE_NAME = '.*[\\w+=,.@-]+.*';

/** By service. */
export const NEWER_MEMBERS: Readonly<Record<string, NewerMembers>> = {
  iam: {
    shapes: {
      OrganizationPolicyListType: { type: 'list', member: { shape: 'OrderedOrganizationPolicyType' }, max: 7 },
      OrderedOrganizationPolicyType: {
        type: 'structure',
        members: { ServiceControlPolicyInputList: { shape: 'SimulationPolicyListType' } },
      },
      PolicyExclusionsListType: { type: 'list', member: { shape: 'PolicyIdentifier' }, max: 256 },
      PolicyIdentifier: {
        type: 'structure',
        members: {
          PolicyType: { shape: 'PolicyIdentifierPolicyType' },
          PolicyArn: { shape: 'arnType' },
          InlinePolicyIdentifier: { shape: 'InlinePolicyIdentifierType' },
        },
      },
      PolicyIdentifierPolicyType: {
        type: 'string',
        enum: ['inline', 'aws-managed', 'user-managed', 'permission-boundary', 'scp', 'rcp'],
      },
      InlinePolicyIdentifierType: {
        type: 'structure',
        required: ['PolicyName', 'AttachmentType', 'AttachmentName'],
        members: {
          PolicyName: { shape: 'InlinePolicyIdentifierName' },
          AttachmentType: { shape: 'AttachmentType' },
          AttachmentName: { shape: 'AttachmentName' },
        },
      },
      InlinePolicyIdentifierName: { type: 'string', max: 128, min: 1, pattern: LIVE_NAME },
      AttachmentName: { type: 'string', max: 128, min: 1, pattern: LIVE_NAME },
      AttachmentType: { type: 'string', enum: ['user', 'group', 'role'] },
    },
    members: {
      SimulateCustomPolicyRequest: {
        after: 'PermissionsBoundaryPolicyInputList',
        name: 'OrderedOrganizationPolicyInputList',
        shape: 'OrganizationPolicyListType',
      },
      SimulatePrincipalPolicyRequest: {
        after: 'PermissionsBoundaryPolicyInputList',
        name: 'PolicyExclusionList',
        shape: 'PolicyExclusionsListType',
      },
    },
  },
};
