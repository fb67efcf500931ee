/** All identity providers that Sojourn knows, and which one an issuer belongs to. */
import { azureDevops } from './azure-devops.ts';
import { bitbucket } from './bitbucket.ts';
import { buildkite } from './buildkite.ts';
import { circleci } from './circleci.ts';
import { generic } from './generic.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { google } from './google.ts';
import { kubernetes } from './kubernetes.ts';
import { oci } from './oci.ts';
import type { IdentityProvider } from './profile.ts';
import { terraformCloud } from './terraform-cloud.ts';

/** The generic one stands last: it takes every issuer. */
export const PROFILES: readonly IdentityProvider[] = [
  github,
  gitlab,
  circleci,
  google,
  oci,
  buildkite,
  terraformCloud,
  bitbucket,
  azureDevops,
  kubernetes,
  generic,
];

/**
 * The profile whose tokens this issuer signs; for an unknown issuer the generic one, with the default
 * condition keys only.
 *
 * @param issuer without `https://`, path kept
 */
export function profileOf(issuer: string): IdentityProvider {
  return PROFILES.find((profile) => profile.matches(issuer)) ?? generic;
}

/** The profile of that name (`github`, `gitlab`, …); undefined for any other word. */
export function profileNamed(name: string): IdentityProvider | undefined {
  return PROFILES.find((profile) => profile.name === name);
}
