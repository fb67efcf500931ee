/** From a request to its signature, wherever it stands. The first step of authentication. */
import { authenticationParameters, parseAuthorizationQuery } from './authorization-query.ts';
import { parseAuthorizationHeader } from './authorization-header.ts';
import type { SignatureFault } from './fault.ts';
import type { ParsedSignature } from './parsed-signature.ts';
import { headerValues } from './signed-request.ts';
import type { SignedRequest } from './signed-request.ts';

/** A request that carries no signature at all. */
export interface Unsigned {
  readonly kind: 'unsigned';
}

/**
 * The signature of `request`, taken apart but not verified. Then follow, in AWS's order (reference
 * aws-federation 1.3 and 7.3): `checkScope`; the session token opened and bound to the key; expiry;
 * the role still there; `verifySignature`.
 */
export function parseSignature(request: SignedRequest): ParsedSignature | SignatureFault | Unsigned {
  const header = headerValues(request.headers, 'authorization');
  const parameters = authenticationParameters(request.rawQuery);
  const inQuery =
    parameters.has('X-Amz-Algorithm') || parameters.has('X-Amz-Signature') || parameters.has('X-Amz-Credential');
  if (header.length > 1 || (header.length > 0 && inQuery)) return { kind: 'twoMechanisms' };
  if (header[0] !== undefined) return parseAuthorizationHeader(header[0], request);
  if (inQuery) return parseAuthorizationQuery(parameters, request);
  // Signature Version 2 in the query: say so, instead of calling the request anonymous.
  if (parameters.has('AWSAccessKeyId') && parameters.has('Signature')) {
    return { kind: 'unsupportedMechanism', place: 'query' };
  }
  return { kind: 'unsigned' };
}
