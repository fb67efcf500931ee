/** The documents of one simulation, compiled once, and the places of their statements, found once. */
import type { AttachedPolicy, PolicySet, PolicyType, StatementOutcome } from '../../policy/decision.ts';
import { PolicyCache } from '../../policy/policy-cache.ts';
import { simulatedConditions } from '../../policy/simulated-conditions.ts';
import type { Statement } from '../../policy/tree.ts';
import type { SimulatedDocument, SimulatedPolicies } from './simulate.ts';
import { statementPlace, type StatementPlace } from './statement-place.ts';

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
  readonly scpInput: readonly (readonly string[])[] | undefined;
}

/** Ready to be asked. */
export function attachDocuments(documents: SimulatedDocuments): SimulatedPolicies {
  const { identity, boundary, resource, isTrust, scp, scpInput } = documents;
  // Of its own: the documents of a simulation must not push those that real calls need out of memory.
  const cache = new PolicyCache(Number.POSITIVE_INFINITY, isTrust ? undefined : simulatedConditions);
  const texts = new Map<AttachedPolicy, string>();
  const places = new Map<Statement, StatementPlace>();
  const attached = (type: PolicyType, { id, text }: SimulatedDocument): AttachedPolicy => {
    const policy = { type, source: id, policy: cache.get(text) };
    if (type !== 'scp') texts.set(policy, text);
    return policy;
  };
  return {
    identity: identity.map((document) => attached('identity', document)),
    boundary: boundary && attached('boundary', boundary),
    resource: resource && attached(isTrust ? 'trust' : 'resource', resource),
    scp:
      scpInput?.map((level, index) => level.map((text) => attached('scp', { id: `level ${index + 1}`, text }))) ?? scp,
    placeOf(policy, { statement: { tree } }: StatementOutcome) {
      const text = texts.get(policy);
      if (text === undefined) return undefined;
      const place = places.get(tree) ?? statementPlace(tree, text);
      places.set(tree, place);
      return place;
    },
  };
}
