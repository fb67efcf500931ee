/**
 * `PolicyExclusionList` of SimulatePrincipalPolicy: policies of the entity that do not count this once. Documents of
 * the request itself always count. What fits what is as observed on AWS in September 2026.
 */
import { nameInArn, parseArn } from '../../base/arn.ts';
import type { InlinePolicyIdentifierType, PolicyIdentifier } from '../../wire/generated/iam-types.ts';
import { iamError } from './errors.ts';
import type { DocumentOrigin, SourceDocument } from './source-documents.ts';

/** What the list leaves out. */
export interface Exclusions {
  /** Whether an identity policy of the entity is left out. */
  readonly document: (document: SourceDocument) => boolean;
  /** Whether the attached boundary is. */
  readonly boundary: boolean;
  /** Whether the organization's service control policies are. */
  readonly scp: boolean;
}

type Test = (origin: DocumentOrigin) => boolean;

/** Throws `InvalidInput` for an inline policy that is not named well. */
export function readExclusions(list: readonly PolicyIdentifier[]): Exclusions {
  const types = new Set(list.map(({ PolicyType }) => PolicyType));
  const tests = list.flatMap(testsOf);
  return {
    document: ({ origin }) => tests.some((test) => test(origin)),
    boundary: types.has('permission-boundary'),
    scp: types.has('scp'),
  };
}

function testsOf({ PolicyType: type, PolicyArn: arn, InlinePolicyIdentifier: inline }: PolicyIdentifier): Test[] {
  const tests: Test[] = [];
  if (type !== undefined) tests.push((origin) => typeOf(origin) === type);
  if (arn !== undefined) tests.push((origin) => origin.kind === 'managed' && withoutPath(origin.arn) === arn);
  if (inline !== undefined) tests.push(inlineTest(inline));
  return tests;
}

/** The owner's name may hold one `*` and any `?`, the policy's none. */
function inlineTest({
  PolicyName: name,
  AttachmentType: type,
  AttachmentName: owner,
}: InlinePolicyIdentifierType): Test {
  if (/[*?]/.test(name) || owner.split('*').length > 2) {
    const what = 'policyName, attachmentType, and attachmentName are required';
    throw iamError('InvalidInput', `Invalid inline policy exclusion: ${what}`);
  }
  return (origin) =>
    origin.kind === 'inline' &&
    origin.policyName === name &&
    origin.attachedTo === type &&
    isNamed(owner, origin.entityName);
}

/** Whether a pattern with one `*` at most, and any `?`, is of that name. */
function isNamed(pattern: string, name: string): boolean {
  const [head = '', tail] = pattern.split('*');
  if (tail === undefined) return isSpelled(head, name);
  const fits = name.length >= head.length + tail.length;
  return fits && isSpelled(head, name.slice(0, head.length)) && isSpelled(tail, name.slice(name.length - tail.length));
}

function isSpelled(pattern: string, text: string): boolean {
  if (pattern.length !== text.length) return false;
  // Unit by unit, as wildcards of policies count.
  for (let at = 0; at < pattern.length; at++) if (pattern[at] !== '?' && pattern[at] !== text[at]) return false;
  return true;
}

function typeOf(origin: DocumentOrigin): 'inline' | 'aws-managed' | 'user-managed' {
  if (origin.kind === 'inline') return 'inline';
  return parseArn(origin.arn)?.account === 'aws' ? 'aws-managed' : 'user-managed';
}

/** A policy is meant by its name: an ARN that holds its path fits nothing. */
function withoutPath(arn: string): string {
  return `${arn.slice(0, arn.indexOf('/'))}/${nameInArn(arn)}`;
}
