/** Reading a GitHub `sub`, or a pattern of one, for what kind of job it means (reference oidc-issuers 1.6). */

/** The last segment of a subject: what of the job it names. */
export type SubjectShape = 'pull request' | 'environment' | 'branch' | 'tag' | 'ref';

/** A subject taken apart. */
export interface Subject {
  /** `repo:my-org/my-repo`, ids left out. */
  readonly repository: string;
  /** Whether owner and repository carry their ids: `repo:my-org@65/my-repo@74`. */
  readonly immutable: boolean;
  /** Undefined for a wildcard or a customised form. */
  readonly shape: SubjectShape | undefined;
  /** What stands after the repository. */
  readonly context: string;
}

const SUBJECT = /^(repo:[^:]*):(.*)$/s;
const ID = /@[0-9]+(?=\/|$)/g;

/** Takes a subject apart; undefined when it does not start with a repository. */
export function readSubject(text: string): Subject | undefined {
  const found = SUBJECT.exec(text);
  if (found === null) return undefined;
  const [, segment = '', context = ''] = found;
  const repository = segment.replace(ID, '');
  return { repository, immutable: repository !== segment, shape: shapeOf(context), context };
}

/** Why a job of each shape has the subject it has. */
export function shapeReason({ shape, context }: Subject): string {
  switch (shape) {
    case 'pull request':
      return 'the job runs for a pull request, so its sub ends in "pull_request" and names no branch';
    case 'environment':
      return `the job runs in an environment, so its sub ends in "${context}" and names no branch, tag or pull request`;
    case 'branch':
      return `the job names no environment, so its sub ends in the branch, "${context}"`;
    case 'tag':
      return `the job runs on a tag, so its sub ends in "${context}"`;
    case 'ref':
      return `the job runs on a ref that is neither branch nor tag, so its sub ends in "${context}"`;
    case undefined:
      return `the sub of this repository is customised and ends in "${context}"`;
  }
}

function shapeOf(context: string): SubjectShape | undefined {
  if (context === 'pull_request') return 'pull request';
  if (context.startsWith('environment:')) return 'environment';
  if (context.startsWith('ref:refs/heads/')) return 'branch';
  if (context.startsWith('ref:refs/tags/')) return 'tag';
  return context.startsWith('ref:') ? 'ref' : undefined;
}

/** The subject as it would be without ids, `repo:my-org/my-repo:ref:refs/heads/main`; undefined when it has none. */
export function plainForm(subject: string): string | undefined {
  const read = readSubject(subject);
  return read?.immutable === true ? `${read.repository}:${read.context}` : undefined;
}

/**
 * A pattern of plain names with the ids that `actual` has, as far as it spells the names out: `repo:my-org@65/*` of
 * `repo:my-org/*`. Undefined when there is nothing to add, or when it is about other names.
 */
export function immutableForm(pattern: string, actual: string): string | undefined {
  const [meant, held] = [REPOSITORY.exec(pattern), REPOSITORY.exec(actual)];
  if (meant === null || held === null || readSubject(actual)?.immutable !== true) return undefined;
  const owner = withId(meant[1], held[1]);
  const name = withId(meant[2], held[2]);
  if (owner === undefined || name === undefined) return undefined;
  const form = `repo:${owner}/${name}${pattern.slice(meant[0].length)}`;
  return form === pattern ? undefined : form;
}

/** Owner and name, of a pattern the name perhaps with all that follows in its wildcard. */
const REPOSITORY = /^repo:([^/:]*)\/([^/:]*)/;

/** `name@65` for the name of that id, and what has a wildcard as it is; undefined for another name. */
function withId(written = '', held = ''): string | undefined {
  if (written === held.replace(ID, '')) return held;
  return written.includes('*') || written.includes('?') ? written : undefined;
}
