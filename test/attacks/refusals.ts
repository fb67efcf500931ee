/** AWS's sentences in which several attacks end (reference aws-federation 1.7, 12). */

/** How a call must be refused. */
export interface Refusal {
  readonly code: string;
  readonly message: string | RegExp;
  /** What the operator reads in the audit log. */
  readonly detail?: RegExp;
}

export const NOT_A_JWT = {
  code: 'InvalidIdentityToken',
  message: 'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
};
export const NOT_VALIDATED = {
  code: 'InvalidIdentityToken',
  message:
    'The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.',
};
export const NO_KEY = {
  code: 'InvalidIdentityToken',
  message:
    "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
};
export const NOT_AUTHORIZED = {
  code: 'AccessDenied',
  message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
};
