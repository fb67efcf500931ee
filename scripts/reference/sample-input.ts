/** A sample input of any operation, with every member that its table has, naming what the sample account holds. */
import type { Member, ServiceModel } from '../../src/wire/model.ts';
import { shapeOf, structureOf } from '../../src/wire/shape-of.ts';

export const ACCOUNT = '000000000000';
/** Key of every tag in the samples: shown in the reference as the variable part of a condition key. */
export const TAG_KEY = 'sampled-tag';
/** Structures deeper than this stay empty: shapes may hold themselves. */
const MAX_DEPTH = 5;

const arn = (resource: string): string => `arn:aws:iam::${ACCOUNT}:${resource}`;
const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';

/** Member name → value, where any text will not do. */
const VALUES: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['Arn', arn('role/sample')],
  ['AssumeRolePolicyDocument', TRUST],
  ['Bucket', 'sample-bucket'],
  ['BucketNamespace', undefined],
  ['CallerArn', arn('user/sample')],
  ['CopySource', 'sample-bucket/sample?versionId=null'],
  ['CreateBucketConfiguration', undefined],
  ['ExpectedBucketOwner', ACCOUNT],
  ['ExpectedSourceBucketOwner', ACCOUNT],
  ['OpenIDConnectProviderArn', arn('oidc-provider/sample.example')],
  ['Path', '/'],
  ['PermissionsBoundary', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
  ['PolicyArn', arn('policy/sample')],
  ['PolicyDocument', POLICY],
  ['PolicySourceArn', arn('role/sample')],
  ['Tagging', `${TAG_KEY}=value`],
  ['TagKeys', [TAG_KEY]],
  ['TargetPrincipal', ACCOUNT],
  ['ThumbprintList', ['0'.repeat(40)]],
  ['Url', 'https://sample.example'],
  ['VersionId', 'null'],
]);

/** The input of an operation: every member of its table, as deep as five structures. */
export function sampleInput(model: ServiceModel, operation: string): Readonly<Record<string, unknown>> {
  const shape = model.operations[operation]?.input;
  return shape === undefined ? {} : sampleStructure(model, shape, 0);
}

function sampleStructure(model: ServiceModel, shapeName: string, depth: number): Readonly<Record<string, unknown>> {
  const { members } = structureOf(model, shapeName);
  const tag = isTag(members);
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      tag && name === 'Key' ? TAG_KEY : sampleMember(model, name, member, depth),
    ]),
  );
}

function isTag(members: Readonly<Record<string, Member>>): boolean {
  return Object.keys(members).sort().join() === 'Key,Value';
}

function sampleMember(model: ServiceModel, name: string, member: Member, depth: number): unknown {
  const shape = shapeOf(model, member.shape);
  // S3 sends tags of an object as a header, tags of a bucket as a document of the same name.
  if (VALUES.has(name) && shape.type !== 'structure') return VALUES.get(name);
  if (depth > MAX_DEPTH) return undefined;
  switch (shape.type) {
    case 'structure':
      return sampleStructure(model, member.shape, depth + 1);
    case 'list':
      return [sampleMember(model, '', shape.member, depth + 1)];
    case 'map':
      return {};
    case 'string':
      return shape.enum?.[0] ?? 'sample'.padEnd(shape.min ?? 0, 'e').slice(0, shape.max);
    case 'boolean':
      return true;
    case 'timestamp':
      return new Date(0);
    case 'blob':
      return undefined;
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return shape.min ?? 1;
    default:
      return shape satisfies never;
  }
}
