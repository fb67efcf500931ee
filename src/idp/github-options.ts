/** The options of a simulated GitHub Actions job, as `sojourn token github` and the development issuer take them. */
import type { MintOption } from './profile.ts';

/** In the order in which help prints them. */
export const GITHUB_OPTIONS: readonly MintOption[] = [
  { name: 'repository', help: 'owner and name of the repository', example: 'my-org/my-repo' },
  { name: 'ref', help: 'full ref that the run is on; default: what the event has', example: 'refs/heads/main' },
  { name: 'event', help: 'event that started the run; default: push', example: 'pull_request' },
  { name: 'environment', help: 'deployment environment of the job', example: 'production' },
  { name: 'sha', help: 'commit, 40 hexadecimal digits', example: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567' },
  { name: 'actor', help: 'login of who started the run', example: 'octocat' },
  { name: 'actor-id', help: 'id of the actor', example: '583231' },
  { name: 'repository-id', help: 'id of the repository', example: '74' },
  { name: 'repository-owner-id', help: 'id of its owner', example: '65' },
  { name: 'visibility', help: 'public, private or internal', example: 'private' },
  { name: 'default-branch', help: 'short name of the default branch', example: 'main' },
  { name: 'head-ref', help: 'source branch of the pull request', example: 'feature' },
  { name: 'base-ref', help: 'target branch of the pull request', example: 'main' },
  { name: 'workflow', help: 'name of the workflow; default: path of its file', example: 'Deploy' },
  {
    name: 'workflow-ref',
    help: "the run's workflow file, with ref",
    example: 'my-org/my-repo/.github/workflows/ci.yml@refs/heads/main',
  },
  {
    name: 'job-workflow-ref',
    help: 'the file that defines the job, when it is a reusable workflow',
    example: 'my-org/shared/.github/workflows/deploy.yml@refs/tags/v1',
  },
  { name: 'run-id', help: 'id of the run', example: '36905461215' },
  { name: 'run-number', help: "the run's number in its workflow", example: '10' },
  { name: 'run-attempt', help: '1, or more after a re-run', example: '2' },
  { name: 'check-run-id', help: "id of the job's check run", example: '5550001' },
  { name: 'runner-environment', help: 'github-hosted or self-hosted', example: 'self-hosted' },
  { name: 'ref-protected', help: 'true when a rule protects the ref', example: 'true' },
  { name: 'enterprise', help: 'slug of the enterprise', example: 'avocado-corp' },
  { name: 'enterprise-id', help: 'id of the enterprise', example: '2' },
  { name: 'repo-property', help: 'custom properties, name=value, parted by commas', example: 'team=payments' },
  { name: 'immutable-sub', help: 'sub with ids: repo:OWNER@ID/REPO@ID', example: '', flag: true },
  {
    name: 'include-claim-keys',
    help: 'customised sub: claim names in order, parted by commas',
    example: 'repo,context,job_workflow_ref',
  },
  {
    name: 'issuer',
    help: 'issuer of an enterprise, of ghe.com or of an Enterprise Server',
    example: 'https://token.actions.githubusercontent.com/avocado-corp',
  },
];
