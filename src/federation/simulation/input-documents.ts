/**
 * The documents that come in a simulator's request, checked. Sentences as observed on AWS in September 2026, except
 * those about the contents of resource policies and of service control policies, which are ours.
 */
import { parsePolicy } from '../../policy/parse.ts';
import { validatePolicy, type PolicyUse } from '../../policy/validate.ts';
import { isTrustAction, type SimulatedDocument } from './simulate.ts';
import { simulatedPrincipal } from './simulated-principal.ts';
import { invalidInput, type SimulationRequest } from './simulation-request.ts';

/** Characters of all documents of a request together: each of its actions and resources is asked of all of them. */
const DOCUMENTS_LIMIT = 262_144;

/** The identity policies of the request. Throws `InvalidInput` for one that the simulator would not read. */
export function identityInput(texts: readonly string[]): readonly SimulatedDocument[] {
  checkLength(texts);
  return texts.map((text, index) => {
    if (!isValid(text, 'simulatedIdentity')) {
      throw invalidInput(`Policy input list item ${index + 1} has invalid content`);
    }
    return { id: `PolicyInputList.${index + 1}`, text };
  });
}

/** The boundary of the request: there can be one. Throws `InvalidInput`. */
export function boundaryInput(texts: readonly string[] | undefined): SimulatedDocument | undefined {
  const [text, ...more] = texts ?? [];
  if (text === undefined) return undefined;
  if (more.length > 0) throw invalidInput('The list of Permissions Boundary policies cannot exceed 1 items.');
  if (!isValid(text, 'simulatedIdentity')) throw invalidInput('Policy input list item 1 has invalid content');
  return { id: 'PermissionsBoundaryPolicyInputList.1', text };
}

/** The hypothetical levels of service control policies, root first. Throws `InvalidInput`. */
export function organizationInput(
  levels: readonly { readonly ServiceControlPolicyInputList?: readonly string[] | undefined }[] | undefined,
): readonly (readonly string[])[] | undefined {
  const texts = levels?.map(({ ServiceControlPolicyInputList: level = [] }, index) => {
    if (level.length === 0) {
      throw invalidInput(`Organization policy at index ${index + 1} must contain at least one service control policy`);
    }
    if (!level.every((text) => isValid(text, 'simulatedIdentity'))) {
      throw invalidInput(`Organization policy at index ${index + 1} has invalid content`);
    }
    return level;
  });
  checkLength(texts?.flat() ?? []);
  return texts;
}

/** The resource policy of the request, and whether it is a role trust policy. */
export interface ResourceInput {
  readonly resource: SimulatedDocument | undefined;
  readonly isTrust: boolean;
}

/** Throws `InvalidInput` for one that the simulator would not read, or without a resource that it could be of. */
export function resourceInput(request: SimulationRequest): ResourceInput {
  const { resourcePolicy: text, resources, callerArn } = request;
  if (text === undefined) return { resource: undefined, isTrust: false };
  const isTrust = isTrustPolicy(request, text);
  if (isTrust) checkDocument(text, 'trust');
  else if (callerArn !== undefined) checkResourcePolicy(text, resources);
  return { resource: { id: 'ResourcePolicy', text }, isTrust };
}

/** Beyond AWS: what decides role assumption is a trust policy when it names no resource, or a web identity calls. */
function isTrustPolicy({ actions, callerArn }: SimulationRequest, text: string): boolean {
  if (!actions.every(isTrustAction)) return false;
  if (callerArn !== undefined && simulatedPrincipal(callerArn)?.kind === 'webIdentity') return true;
  const parsed = parsePolicy(text);
  return parsed.kind === 'policy' && parsed.policy.statements.every(({ resource }) => resource === undefined);
}

/** The policy of a resource is asked about that resource: neither side may be `*`. */
function checkResourcePolicy(text: string, resources: readonly string[]): void {
  if (resources.length === 0 || resources.includes('*')) {
    throw invalidInput('Invalid Entity Arn: * does not clearly define entity type and name.');
  }
  checkDocument(text, 'simulatedResource');
  const parsed = parsePolicy(text);
  const statements = parsed.kind === 'policy' ? parsed.policy.statements : [];
  if (statements.some(({ resource }) => resource?.items.some((item) => item.text === '*'))) {
    throw invalidInput('ResourceNames are not in a valid ARN format: *.');
  }
}

function checkLength(texts: readonly string[]): void {
  if (texts.reduce((sum, text) => sum + text.length, 0) > DOCUMENTS_LIMIT) {
    throw invalidInput(`The policies of a simulation have more than ${DOCUMENTS_LIMIT} characters.`);
  }
}

function isValid(text: string, use: PolicyUse): boolean {
  return validatePolicy(text, use).kind === 'valid';
}

function checkDocument(text: string, use: PolicyUse): void {
  const checked = validatePolicy(text, use);
  if (checked.kind === 'malformed') throw invalidInput(checked.message);
}
