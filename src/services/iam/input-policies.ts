/** Documents that come in the request itself. The sentence that refuses one is the simulators': that of these calls is not recorded. */
import { contextKeysOf } from '../../federation/policy-context-keys.ts';
import { iamError } from './errors.ts';

/** The condition keys of all of them, once for each document. Throws `InvalidInput` for a text that is no policy. */
export function keysOfInput(documents: readonly string[]): readonly string[] {
  return documents.flatMap((document, index) => {
    const keys = contextKeysOf(document);
    if (keys === undefined) throw iamError('InvalidInput', `Policy input list item ${index + 1} has invalid content`);
    return keys;
  });
}
