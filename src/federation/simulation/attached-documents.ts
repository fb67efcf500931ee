/** The documents of one simulation, read and compiled once, and the places of their statements, found once. */
import { compilePolicy, unreadablePolicy, type CompiledPolicy } from '../../policy/compile.ts';
import type { AttachedPolicy, PolicySet, PolicyType, StatementOutcome } from '../../policy/decision.ts';
import { parsePolicy } from '../../policy/parse.ts';
import { simulatedConditions } from '../../policy/simulated-conditions.ts';
import type { Statement } from '../../policy/tree.ts';
import type { SimulatedPolicies } from './simulate.ts';
import type { SimulatedDocument } from './simulated-document.ts';
import { inOrder, type Turns } from './turns.ts';
import { statementPlaces, type StatementPlace } from './statement-place.ts';

/** The documents of a simulation. */
export interface SimulatedDocuments {
  readonly identity: readonly SimulatedDocument[];
  readonly boundary: SimulatedDocument | undefined;
  readonly resource: SimulatedDocument | undefined;
  /** The resource policy is a role trust policy: then conditions are read as the real call reads them. */
  readonly isTrust: boolean;
  /** Levels of service control policies of an organization that the caller is in. */
  readonly scp: PolicySet['scp'];
  /** Levels of hypothetical ones, which replace them. */
  readonly scpInput: readonly (readonly SimulatedDocument[])[] | undefined;
}

/** Ready to be asked. The cache of real calls is not used: simulated documents must not push theirs out of memory. */
export async function attachDocuments(documents: SimulatedDocuments, turns: Turns): Promise<SimulatedPolicies> {
  const { identity, boundary, resource, isTrust, scp, scpInput } = documents;
  const placers = new Map<AttachedPolicy, (statement: Statement) => StatementPlace>();
  const attached = async (type: PolicyType, document: SimulatedDocument): Promise<AttachedPolicy> => {
    await turns.document(document.text);
    const compiled = compileDocument(document);
    const policy = { type, source: document.id, policy: isTrust ? compiled : simulatedConditions(compiled) };
    placers.set(policy, statementPlaces(document.text));
    return policy;
  };
  const attachedScp = (document: SimulatedDocument): Promise<AttachedPolicy> => attached('scp', document);
  return {
    identity: await inOrder(identity, (document) => attached('identity', document)),
    boundary: boundary && (await attached('boundary', boundary)),
    resource: resource && (await attached(isTrust ? 'trust' : 'resource', resource)),
    scp: scpInput === undefined ? scp : await inOrder(scpInput, (level) => inOrder(level, attachedScp)),
    placeOf: (policy, { statement }: StatementOutcome) => placers.get(policy)?.(statement.tree),
  };
}

/** A document that is none allows nothing, as in real calls. */
function compileDocument({ text, tree }: SimulatedDocument): CompiledPolicy {
  if (tree !== undefined) return compilePolicy(tree);
  const parsed = parsePolicy(text);
  return parsed.kind === 'policy' ? compilePolicy(parsed.policy) : unreadablePolicy(parsed.problems);
}
