/** The condition keys that the documents of a simulation look at and that its request does not give. */
import { contextKeysIn } from '../policy-context-keys.ts';
import type { SimulatedPolicies } from './simulate.ts';
import type { ReadSimulation } from './simulation-request.ts';
import { RESOURCE_ACCOUNT } from './asked-resource.ts';

/** `ContextKeyNameType` of the model: nobody can give a longer one, nor does its type allow to tell it. */
const LONGEST_KEY = 256;

/**
 * In every spelling of the documents, statements that do not matter included. What AWS knows by itself counts as
 * missing too (observed); of a web identity it does not, since its answer is the real call's.
 */
export function missingKeys(
  { identity, boundary, resource }: SimulatedPolicies,
  { given, defaults }: ReadSimulation,
): readonly string[] {
  const known = new Set(given.map(([key]) => key));
  if (resource?.type === 'trust') for (const [key] of defaults) known.add(key);
  if (resource?.type === 'trust') known.add(RESOURCE_ACCOUNT);
  const wanted = new Set<string>();
  for (const attached of [...identity, boundary, resource]) {
    if (attached !== undefined) for (const key of contextKeysIn(attached.policy.policy)) wanted.add(key);
  }
  // A single character is a literal, `${*}`.
  return [...wanted].filter((key) => key.length > 1 && key.length <= LONGEST_KEY && !known.has(key.toLowerCase()));
}
