/** Client ids and thumbprints of an OIDC provider: their limits (reference aws-federation 3). */
import { iamError } from './errors.ts';
import { quotaExceeded, QUOTAS } from './quotas.ts';

/** Client ids without repetitions, in the order sent. Throws `LimitExceeded` above 100. */
export function clientIds(ids: readonly string[]): readonly string[] {
  const distinct = [...new Set(ids)];
  if (distinct.length > QUOTAS.ClientIdsPerOpenIdConnectProvider) {
    throw quotaExceeded('ClientIdsPerOpenIdConnectProvider');
  }
  return distinct;
}

/** Thumbprints as they are kept: lower-cased. Throws `InvalidInput` above 5, though AWS's sentence says "fewer than 5". */
export function thumbprints(list: readonly string[]): readonly string[] {
  if (list.length > QUOTAS.ThumbprintsPerOpenIdConnectProvider) {
    throw iamError('InvalidInput', 'Thumbprint list must contain fewer than 5 entries.');
  }
  return list.map((thumbprint) => {
    if (thumbprint.length !== 40) throw iamError('InvalidInput', 'Thumbprint must be exactly 40 characters.');
    return thumbprint.toLowerCase();
  });
}
