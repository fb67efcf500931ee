/** Where GitHub's tokens come from: github.com, an enterprise's own issuer, ghe.com, a GitHub Enterprise Server. */

/** Without `https://`. */
export const GITHUB_ISSUER = 'token.actions.githubusercontent.com';

const GHE_COM = /^token\.actions\.([a-z0-9-]+)\.ghe\.com(\/[A-Za-z0-9_-]+)?$/;
const ENTERPRISE_SERVER = /^([a-z0-9.-]+)\/_services\/token$/;

/**
 * Whether AWS knows the provider-specific keys of this issuer (reference aws-federation 4.1): github.com,
 * with an enterprise's path or not, ghe.com, and the enterprise form. Not GitHub Enterprise Server.
 */
export function isGithubIssuer(issuer: string): boolean {
  return (
    issuer === GITHUB_ISSUER ||
    (issuer.startsWith(`${GITHUB_ISSUER}/`) && issuer.length > GITHUB_ISSUER.length + 1) ||
    GHE_COM.test(issuer) ||
    /^github\.com\/enterprises\/[A-Za-z0-9_-]+$/.test(issuer)
  );
}

/** The host of an Enterprise Server issuer, `HOSTNAME/_services/token`; undefined for every other. */
export function enterpriseServerHost(issuer: string): string | undefined {
  return isGithubIssuer(issuer) ? undefined : ENTERPRISE_SERVER.exec(issuer)?.[1];
}

/** The host that repositories of this issuer's tokens are on: the default audience is a URL there. */
export function githubHost(issuer: string): string {
  const subdomain = GHE_COM.exec(issuer)?.[1];
  if (subdomain !== undefined) return `${subdomain}.ghe.com`;
  return enterpriseServerHost(issuer) ?? 'github.com';
}
