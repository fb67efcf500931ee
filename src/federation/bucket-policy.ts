/**
 * Bucket policies as S3 takes them: well-formed, about this bucket, and naming principals that
 * exist. Checked when a policy is written, never when it is evaluated.
 */
import { ServiceError } from '../base/service-error.ts';
import { compileGlob, unitsOf } from '../policy/glob.ts';
import type { ListElement, Policy, Statement } from '../policy/tree.ts';
import { validatePolicy } from '../policy/validate.ts';
import { type KnownPrincipals, unknownPrincipal } from './trusted-principals.ts';

/** In bytes (S3 User Guide, "Policies and permissions": bucket policies are limited to 20 KB). */
const LARGEST_BUCKET_POLICY = 20 * 1024;

/**
 * Checks a policy for `bucket` and returns its tree.
 *
 * @throws ServiceError MalformedPolicy with S3's sentence for the first thing wrong
 */
export async function checkBucketPolicy(text: string, bucket: string, known: KnownPrincipals): Promise<Policy> {
  if (Buffer.byteLength(text) > LARGEST_BUCKET_POLICY) {
    throw malformedPolicy('Policy exceeds the maximum allowed document size.');
  }
  const result = validatePolicy(text, 'resource');
  if (result.kind === 'malformed') throw malformedPolicy(result.message);
  for (const statement of result.policy.statements) {
    const fault = statementFault(statement, bucket);
    if (fault !== undefined) throw malformedPolicy(fault);
  }
  if ((await unknownPrincipal(result.policy, known)) !== undefined) {
    throw malformedPolicy('Invalid principal in policy');
  }
  return result.policy;
}

function malformedPolicy(message: string): ServiceError {
  return new ServiceError('MalformedPolicy', 400, message);
}

/** What kinds of resource the patterns of a statement can stand for. */
interface Reach {
  readonly bucket: boolean;
  readonly objects: boolean;
}

function statementFault({ action, resource }: Statement, bucket: string): string | undefined {
  const reaches = (resource?.items ?? []).map(({ text }) => reachOf(text, bucket));
  if (reaches.some((reach) => !reach.bucket && !reach.objects)) return 'Policy has invalid resource';
  if (action.negated || resource?.negated === true) return undefined;
  if (action.items.some(({ text }) => text !== '*' && !text.toLowerCase().startsWith('s3:'))) {
    return 'Policy has invalid action';
  }
  const reach = { bucket: reaches.some((one) => one.bucket), objects: reaches.some((one) => one.objects) };
  return appliesAnywhere(action, reach) ? undefined : 'Action does not apply to any resource(s) in statement';
}

/** Every action has to have a resource of its kind; a wildcard stands for actions of both. */
function appliesAnywhere(action: ListElement, reach: Reach): boolean {
  return action.items.every(({ text }) => {
    const name = text.slice(text.indexOf(':') + 1).toLowerCase();
    if (name.includes('*') || name.includes('?')) return true;
    return isObjectAction(name) ? reach.objects : reach.bucket;
  });
}

/** Object actions without `object` in their name (Service Authorization Reference, S3: resource type object). */
const OTHER_OBJECT_ACTIONS: ReadonlySet<string> = new Set([
  'abortmultipartupload',
  'bypassgovernanceretention',
  'initiatereplication',
  'listmultipartuploadparts',
  'replicatedelete',
  'replicatetags',
]);

function isObjectAction(name: string): boolean {
  return (name.includes('object') && !name.includes('bucketobject')) || OTHER_OBJECT_ACTIONS.has(name);
}

/** A pattern reaches the bucket, its objects, both (`arn:aws:s3:::b*`) or neither. */
function reachOf(pattern: string, bucket: string): Reach {
  const name = bucketPattern(pattern);
  if (name === undefined) return { bucket: true, objects: true };
  const slash = name.indexOf('/');
  if (slash >= 0) return { bucket: false, objects: compileGlob(unitsOf(name.slice(0, slash)))(bucket) };
  const whole = compileGlob(unitsOf(name));
  return { bucket: whole(bucket), objects: name.endsWith('*') && whole(`${bucket}/`) };
}

/** The part of `arn:…:s3:::bucket/key` after the fifth colon; undefined for a pattern that stands for every ARN. */
function bucketPattern(pattern: string): string | undefined {
  const parts = pattern.split(':');
  return parts.length < 6 ? undefined : parts.slice(5).join(':');
}
