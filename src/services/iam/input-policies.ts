/** Documents that come in the request itself. */
import { contextKeysOf } from '../../federation/policy-context-keys.ts';
import { iamError } from './errors.ts';

/** The condition keys of all of them. Throws `InvalidInput` for a text that is no policy. */
export function keysOfInput(documents: readonly string[]): readonly string[] {
  return documents.flatMap((document) => {
    const keys = contextKeysOf(document);
    if (keys === undefined) throw iamError('InvalidInput', 'Syntax errors in policy.');
    return keys;
  });
}
