/** How IAM prints a last use. */

/** Milliseconds since the epoch as IAM dates a use: whole seconds. */
export function wholeSecond(at: number): Date {
  return new Date(Math.floor(at / 1000) * 1000);
}

/** IAM and Organizations are in one region, wherever the client signed for. */
export function useRegion(use: { readonly service: string; readonly region: string }): string {
  return use.service === 'iam' || use.service === 'organizations' ? 'us-east-1' : use.region;
}
