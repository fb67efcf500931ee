/** Documents that come in a request for their condition keys, refused as the simulators refuse theirs. */
import { contextKeysOf } from '../../federation/policy-context-keys.ts';
import { checkDocumentsLength } from '../../federation/simulation/input-documents.ts';
import { invalidPolicyInput } from '../../federation/simulation/invalid-input.ts';

/** The condition keys of all of them, once for each document. Throws `InvalidInput` for a text that is no policy. */
export function keysOfInput(documents: readonly string[]): readonly string[] {
  checkDocumentsLength(documents);
  return documents.flatMap((document, index) => {
    const keys = contextKeysOf(document);
    if (keys === undefined) throw invalidPolicyInput(index);
    return keys;
  });
}
