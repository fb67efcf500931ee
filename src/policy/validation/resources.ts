/** How resources are written in identity-type policies: an ARN, or `*`. */

const PARTITIONS: ReadonlySet<string> = new Set([
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
]);

const IAM_PATHS = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
] as const;

/** Of S3 these have a region (service authorization reference); its buckets and objects have none. */
const REGIONAL_S3_PATHS = [
  'accesspoint/',
  'access-grants/',
  'async-request/',
  'job/',
  'storage-lens/',
  'storage-lens-group/',
] as const;

const WILDCARD = /[*?]/;

/** AWS's sentence about a resource that it would not store; undefined when it would (reference aws-federation 8.6). */
export function resourceFault(resource: string): string | undefined {
  if (resource === '*') return undefined;
  const [scheme, partition, service, region, , ...rest] = resource.split(':');
  if (partition === undefined) return noArn(resource);
  if (!isWildcard(partition) && !PARTITIONS.has(partition)) {
    return `Partition "${partition}" is not valid for resource "${paddedArn(resource)}".`;
  }
  if (scheme !== 'arn' && !isWildcard(scheme)) return noArn(resource);
  if (service === undefined) return isWildcard(partition) ? undefined : mustBeQualified();
  if (service !== '*' && isWildcard(service)) return mustBeQualified();
  return serviceFault(resource, service, region, rest);
}

/**
 * Whether IAM's older parser, which runs before anything else is said of statements, takes a resource: a short ARN
 * must not leave parts empty, and no ARN its service.
 */
export function resourcePassesLegacyParsing(resource: string): boolean {
  if (resource === '*') return true;
  const parts = resource.split(':');
  return parts[2] !== '' && (parts.length >= 6 || !resource.includes('::'));
}

function noArn(resource: string): string {
  return `Resource ${resource} must be in ARN format or "*".`;
}

function mustBeQualified(): string {
  return 'Resource vendor must be fully qualified and cannot contain regexes.';
}

function serviceFault(
  resource: string,
  service: string,
  region: string | undefined,
  rest: readonly string[],
): string | undefined {
  // A short ARN is padded with "*", so a missing or wildcard region is none.
  const namesRegion = region !== undefined && region !== '' && region !== '*';
  const path = rest.join(':');
  if (service === 's3' && namesRegion && !REGIONAL_S3_PATHS.some((start) => path.startsWith(start))) {
    return `Resource ${resource} can not contain region information.`;
  }
  if (service !== 'iam') return undefined;
  if (namesRegion) return `IAM resource ${resource} cannot contain region information.`;
  if (path === '' || isWildcard(path.slice(0, 1)) || path === 'root') return undefined;
  if (IAM_PATHS.some((start) => path.startsWith(start) || (isWildcard(path) && startsAlike(start, path)))) {
    return undefined;
  }
  return `IAM resource path must either be "*" or start with ${IAM_PATHS.join(', ')}.`;
}

/** Whether the path agrees with a start as far as its first wildcard: `rol*` may mean `role/`. */
function startsAlike(start: string, path: string): boolean {
  return start.startsWith(path.slice(0, path.search(WILDCARD)));
}

function isWildcard(text: string | undefined): boolean {
  return text !== undefined && WILDCARD.test(text);
}

/** AWS prints the ARN with its missing parts as `*`, and with `arn` before them whatever was written there. */
function paddedArn(resource: string): string {
  const parts = ['arn', ...resource.split(':').slice(1)];
  while (parts.length < 6) parts.push('*');
  return parts.join(':');
}
