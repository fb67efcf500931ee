/**
 * What Organizations' operations need permission for: action, resource ARN and condition keys as the
 * AWS service authorization reference lists them. Only callers of the management account get that far.
 */
import type { Tag } from '../../base/tags.ts';
import type { Organization } from '../../storage/state/organization-records.ts';
import type { PolicyType } from '../../wire/generated/organizations-types.ts';
import type { Call, Permission, Requirement } from '../operation.ts';
import { peekPolicy } from './attachments.ts';
import { nodeArn } from './ids.ts';
import { managedOrganization } from './standing.ts';
import { findNode } from './tree.ts';

/** A permission of actions, as every operation here has one. */
type Actions<I> = Extract<Permission<I>, { readonly kind: 'actions' }>;
type ConditionKeys = NonNullable<Requirement['context']>;

/** What one call is about: ARN and the keys that come with it. */
interface Subject {
  readonly resource: string;
  readonly keys?: ConditionKeys;
}

/** Names a subject of a call's input. */
type SubjectOf<I> = (input: I, organization: Organization, call: Call) => Promise<Subject>;

/** One action, which every subject of the call must be allowed for. */
export function onSubjects<I>(
  action: string,
  subjects: readonly SubjectOf<I>[],
  keys: (input: I) => ConditionKeys = () => ({}),
): Actions<I> {
  return {
    kind: 'actions',
    actions: [action],
    requirements: async (input, call) => {
      const organization = await managedOrganization(call.sojourn.state, call.account);
      const needed: Requirement[] = [];
      for (const subjectOf of subjects) {
        const subject = await subjectOf(input, organization, call);
        needed.push({ action, resource: subject.resource, context: { ...subject.keys, ...keys(input) } });
      }
      return needed;
    },
  };
}

/** An action of the reference that has no resource type. */
export function onOrganization<I>(action: string, keys: (input: I) => ConditionKeys = () => ({})): Actions<I> {
  return onSubjects(action, [async () => ({ resource: '*' })], keys);
}

const TAG_RESOURCE = 'organizations:TagResource';

/**
 * That permission, and with tags the one to tag what the call makes (Organizations API reference, Create…).
 *
 * @param madeArn ARN of what is made, a star in the place of the id that it does not have yet
 */
export function tagging<I extends { readonly Tags?: readonly Tag[] | undefined }>(
  making: Actions<I>,
  madeArn: (input: I, organization: Organization) => string,
): Actions<I> {
  return {
    kind: 'actions',
    actions: [...making.actions, TAG_RESOURCE],
    requirements: async (input, call) => {
      const needed = await making.requirements(input, call);
      if (input.Tags === undefined || input.Tags.length === 0) return needed;
      const resource = madeArn(input, await managedOrganization(call.sojourn.state, call.account));
      return [...needed, { action: TAG_RESOURCE, resource, context: requestTagKeys(input.Tags) }];
    },
  };
}

/** The root, organizational unit or account with that id, whether or not there is one. */
export function node<I>(idOf: (input: I) => string): SubjectOf<I> {
  return async (input, organization, call) => nodeSubject(idOf(input), organization, call);
}

async function nodeSubject(id: string, organization: Organization, call: Call): Promise<Subject> {
  const found = await findNode(call.sojourn.state, organization, id);
  return { resource: nodeArn(organization, id), keys: resourceTagKeys(found?.record.tags) };
}

/** The policy with that id; of one that does not exist the ARN is unknown, since its type is part of it. */
export function policy<I>(idOf: (input: I) => string): SubjectOf<I> {
  return async (input, organization, call) => policySubject(idOf(input), organization, call);
}

async function policySubject(id: string, organization: Organization, call: Call): Promise<Subject> {
  const found = await peekPolicy(call.sojourn.state, organization, id);
  if (found === undefined) return { resource: '*' };
  return { resource: found.arn, keys: { ...resourceTagKeys(found.tags), ...policyTypeKey(found.type) } };
}

/** What a tagging call names: a policy or a node. */
export function taggable<I>(idOf: (input: I) => string): SubjectOf<I> {
  return async (input, organization, call) => {
    const id = idOf(input);
    return id.startsWith('p-') ? policySubject(id, organization, call) : nodeSubject(id, organization, call);
  };
}

/** `organizations:PolicyType` of a call that names a type. */
export function policyTypeKey(type: PolicyType): ConditionKeys {
  return { 'organizations:PolicyType': type };
}

/** `organizations:ServicePrincipal` of a call that names an AWS service. */
export function servicePrincipalKey(principal: string): ConditionKeys {
  return { 'organizations:ServicePrincipal': principal };
}

/** `aws:ResourceAccount` for callers of member accounts: everything of an organization is its management account's. */
export function ownerKey({ managementAccount }: Organization): ConditionKeys {
  return { 'aws:ResourceAccount': managementAccount };
}

/** `aws:RequestTag/k` and `aws:TagKeys` of a call that sets tags. */
export function requestTagKeys(tags: readonly Tag[] | undefined): ConditionKeys {
  if (tags === undefined || tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map((tag) => [`aws:RequestTag/${tag.Key}`, tag.Value])),
    'aws:TagKeys': tags.map((tag) => tag.Key),
  };
}

function resourceTagKeys(tags: readonly Tag[] | undefined): ConditionKeys {
  return Object.fromEntries((tags ?? []).map((tag) => [`aws:ResourceTag/${tag.Key}`, tag.Value]));
}
