/**
 * The `ResourcePolicy` of a simulator's request, checked and read. Which shapes are refused is as observed on AWS in
 * September 2026; the sentences about the contents of the document are ours, and so are trust policies.
 */
import { parsePolicy } from '../../policy/parse.ts';
import type { Policy } from '../../policy/tree.ts';
import { validatePolicy, type PolicyUse } from '../../policy/validate.ts';
import { invalidInput } from './invalid-input.ts';
import type { SimulatedDocument } from './simulated-document.ts';
import { simulatedPrincipal } from './simulated-principal.ts';
import type { SimulationRequest } from './simulation-request.ts';

/** Actions that a role trust policy decides, should the resource policy of a simulation be one. */
const TRUST_ACTIONS: ReadonlySet<string> = new Set([
  'sts:assumerole',
  'sts:assumerolewithwebidentity',
  'sts:tagsession',
  'sts:setsourceidentity',
]);

/** Beyond AWS: what decides role assumption is a trust policy when it names no resource, or a web identity calls. */
export function isTrustSimulation({ actions, callerArn, resourcePolicy: text }: SimulationRequest): boolean {
  if (text === undefined || !actions.every((action) => TRUST_ACTIONS.has(action.toLowerCase()))) return false;
  if (callerArn !== undefined && simulatedPrincipal(callerArn)?.kind === 'webIdentity') return true;
  const parsed = parsePolicy(text);
  return parsed.kind === 'policy' && parsed.policy.statements.every(({ resource }) => resource === undefined);
}

/** Throws `InvalidInput` for one that the simulator would not read, or without a resource that it could be of. */
export function resourceInput(request: SimulationRequest, isTrust: boolean): SimulatedDocument | undefined {
  const { resourcePolicy: text, resources } = request;
  if (text === undefined) return undefined;
  const tree = isTrust ? readDocument(text, 'trust') : readResourcePolicy(text, resources);
  return { id: 'ResourcePolicy', text, tree };
}

/** The policy of a resource is asked about that resource: neither side may be `*`. */
function readResourcePolicy(text: string, resources: readonly string[]): Policy {
  if (resources.length === 0 || resources.includes('*')) {
    throw invalidInput('Invalid Entity Arn: * does not clearly define entity type and name.');
  }
  const policy = readDocument(text, 'simulatedResource');
  if (policy.statements.some(({ resource }) => resource?.items.some((item) => item.text === '*'))) {
    throw invalidInput('ResourceNames are not in a valid ARN format: *.');
  }
  return policy;
}

function readDocument(text: string, use: PolicyUse): Policy {
  const read = validatePolicy(text, use);
  if (read.kind === 'malformed') throw invalidInput(read.message);
  return read.policy;
}
