/** The `sub` of a GitHub Actions token: classic, immutable and customised (reference oidc-issuers 1.6). */
import { isPullRequest } from './github-events.ts';

/** What of a job decides its `sub`. */
export interface GithubSubject {
  /** `owner/name` */
  readonly repository: string;
  /** Owner's and repository's ids when the repository has the immutable form; undefined: the classic form. */
  readonly ids: { readonly owner: string; readonly repository: string } | undefined;
  readonly event: string;
  /** `""` for a deployment by commit. */
  readonly ref: string;
  readonly environment: string | undefined;
}

/** The `sub` without customisation: repository segment and context. */
export function githubSubject(job: GithubSubject): string {
  return `${repositorySegment(job)}:${contextSegment(job)}`;
}

/**
 * The `sub` of a repository with `include_claim_keys`: for each key `key:value`, joined by `:`.
 *
 * `repo` and `context` stand for the segments of the default form; ids in the repository segment stay.
 *
 * @param claims the other claims of the same token
 * @returns the subject, or why GitHub would not issue the token
 */
export function customisedSubject(
  job: GithubSubject,
  includeClaimKeys: readonly string[],
  claims: Readonly<Record<string, unknown>>,
): { readonly sub: string } | { readonly why: string } {
  const parts: string[] = [];
  for (const key of includeClaimKeys) {
    if (!/^[A-Za-z0-9_]+$/.test(key)) return { why: `include_claim_keys takes letters, digits and _, not ${key}` };
    const value = claims[key];
    if (key === 'repo') parts.push(repositorySegment(job));
    else if (key === 'context') parts.push(contextSegment(job));
    else if (typeof value === 'string' && value !== '') parts.push(`${key}:${encodeColons(value)}`);
    else
      return {
        why: `include_claim_keys has ${key}, which this job's token lacks: it is required and must be provided`,
      };
  }
  return { sub: parts.join(':') };
}

function repositorySegment({ repository, ids }: GithubSubject): string {
  if (ids === undefined) return `repo:${repository}`;
  const [owner = '', name = ''] = repository.split('/');
  return `repo:${owner}@${ids.owner}/${name}@${ids.repository}`;
}

/** An environment hides the pull request, and both hide the ref. */
function contextSegment({ environment, event, ref }: GithubSubject): string {
  if (environment !== undefined) return `environment:${encodeColons(environment)}`;
  return isPullRequest(event) ? 'pull_request' : `ref:${ref}`;
}

/** Colons and nothing else, so that a value cannot pass for further segments. */
function encodeColons(value: string): string {
  return value.replaceAll(':', '%3A');
}
