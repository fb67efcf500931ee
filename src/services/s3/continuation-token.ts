/** Where a listing goes on, as the opaque token that the client hands back. */
import { invalidArgument } from './errors.ts';

/** Versioned, so that a later form of the token can be told from this one. */
const VERSION = '1';

/** The token for "strictly after `marker`". */
export function printContinuationToken(marker: string): string {
  return VERSION + Buffer.from(marker).toString('base64url');
}

/**
 * The marker inside a token.
 *
 * @throws ServiceError InvalidArgument when it is not one of ours
 */
export function readContinuationToken(token: string): string {
  const marker = Buffer.from(token.slice(1), 'base64url').toString();
  if (printContinuationToken(marker) !== token) {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
  }
  return marker;
}
