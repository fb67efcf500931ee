/** How long sessions of long-term credentials live: GetSessionToken and GetFederationToken (reference aws-federation 1.5). */

/** Seconds, when the request does not say. */
export const LONG_TERM_DURATION = 43_200;
/** Seconds that the root user gets at most, whatever it asks for. */
export const ROOT_LONGEST_DURATION = 3600;
