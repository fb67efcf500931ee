/**
 * The events that start GitHub Actions jobs, and which ref such a job runs on
 * (reference oidc-issuers 1.9: github.com since 8 December 2025).
 */
import { derivedHex } from './derived-id.ts';

/**
 * `chosen`: the branch or tag that was pushed, dispatched, created or deployed ·
 * `mergeRef`: `refs/pull/N/merge`, or the base branch once the pull request was merged ·
 * `defaultBranch`: always the default branch ·
 * `defaultBranchOfPullRequest`: the same, but with head and base of a pull request ·
 * `tag`: the released tag · `queue`: the merge queue's own branch
 */
export type GithubEventRef = 'chosen' | 'mergeRef' | 'defaultBranch' | 'defaultBranchOfPullRequest' | 'tag' | 'queue';

const DEFAULT_BRANCH_EVENTS =
  'branch_protection_rule check_run check_suite delete discussion discussion_comment fork gollum image_version issue_comment issues label milestone page_build public repository_dispatch schedule status watch workflow_run'.split(
    ' ',
  );

/** Event name → the ref that its runs have. `workflow_call` is no event of a token: the caller's stands there. */
export const GITHUB_EVENTS: ReadonlyMap<string, GithubEventRef> = new Map<string, GithubEventRef>([
  ['push', 'chosen'],
  ['workflow_dispatch', 'chosen'],
  ['create', 'chosen'],
  ['deployment', 'chosen'],
  ['deployment_status', 'chosen'],
  ['registry_package', 'chosen'],
  ['pull_request', 'mergeRef'],
  ['pull_request_review', 'mergeRef'],
  ['pull_request_review_comment', 'mergeRef'],
  ['pull_request_target', 'defaultBranchOfPullRequest'],
  ['release', 'tag'],
  ['merge_group', 'queue'],
  ...DEFAULT_BRANCH_EVENTS.map((name): [string, GithubEventRef] => [name, 'defaultBranch']),
]);

/** What of a run decides whether it can exist. */
export interface GithubRun {
  readonly event: string;
  readonly ref: string;
  readonly headRef: string;
  readonly baseRef: string;
  /** Short name: `main`. */
  readonly defaultBranch: string;
}

/** The ref that a run of this event has when none is given. */
export function usualRef(event: string, repository: string, defaultBranch: string, baseRef: string): string {
  switch (GITHUB_EVENTS.get(event)) {
    case 'mergeRef':
      return 'refs/pull/1/merge';
    case 'tag':
      return 'refs/tags/v1';
    case 'queue': {
      const base = baseRef === '' ? defaultBranch : baseRef;
      return `refs/heads/gh-readonly-queue/${base}/pr-1-${derivedHex('base', repository, 40)}`;
    }
    default:
      return `refs/heads/${defaultBranch}`;
  }
}

/** Whether tokens of this event say `pull_request` where others say their ref. */
export function isPullRequest(event: string): boolean {
  return GITHUB_EVENTS.get(event) === 'mergeRef';
}

/** Whether `head_ref` and `base_ref` hold branch names: they are empty on every other event. */
export function hasHeadAndBase(event: string): boolean {
  const ref = GITHUB_EVENTS.get(event);
  return ref === 'mergeRef' || ref === 'defaultBranchOfPullRequest';
}

/** Why GitHub never starts such a run; undefined when it does. */
export function impossibleRun(run: GithubRun): string | undefined {
  const { event, ref } = run;
  if (event === 'workflow_call') {
    return 'the token of a called workflow names the event that started its caller, never workflow_call';
  }
  const expected = GITHUB_EVENTS.get(event);
  if (expected === undefined) return `GitHub has no event ${event} that starts workflows`;
  if (!hasHeadAndBase(event) && (run.headRef !== '' || run.baseRef !== '')) {
    return `a ${event} run has neither head_ref nor base_ref: only pull requests have them`;
  }
  if (ref === '') {
    if (event === 'deployment' || event === 'deployment_status') return undefined;
    return `a ${event} run has a ref: only deployments by commit have none`;
  }
  if (!/^refs\/(heads|tags|pull)\/[^\s~^:?*[\\]+$/.test(ref) || ref.includes('..')) {
    return `${ref} is no full ref: write refs/heads/…, refs/tags/… or refs/pull/N/merge`;
  }
  return impossibleRef(expected, run);
}

function impossibleRef(expected: GithubEventRef, run: GithubRun): string | undefined {
  const { event, ref } = run;
  switch (expected) {
    case 'chosen':
      return ref.startsWith('refs/pull/')
        ? `a ${event} run is on a branch or a tag; ${ref} belongs to pull_request runs`
        : undefined;
    case 'mergeRef':
      if (/^refs\/pull\/[0-9]+\/merge$/.test(ref)) return undefined;
      // A pull request that was closed by merging runs on its base branch.
      if (event === 'pull_request' && ref === `refs/heads/${run.baseRef}`) return undefined;
      return `a ${event} run is on refs/pull/N/merge (once merged, on its base branch ${run.baseRef}), not on ${ref}`;
    case 'defaultBranch':
    case 'defaultBranchOfPullRequest':
      return ref === `refs/heads/${run.defaultBranch}`
        ? undefined
        : `a ${event} run is always on the default branch, refs/heads/${run.defaultBranch}, not on ${ref}; name another default branch with --default-branch`;
    case 'tag':
      return ref.startsWith('refs/tags/') ? undefined : `a ${event} run is on the released tag, not on ${ref}`;
    case 'queue':
      return /^refs\/heads\/gh-readonly-queue\/.+\/pr-[0-9]+-[0-9a-f]{40}$/.test(ref)
        ? undefined
        : `a ${event} run is on refs/heads/gh-readonly-queue/BASE/pr-N-SHA, not on ${ref}`;
    default:
      return expected satisfies never;
  }
}
