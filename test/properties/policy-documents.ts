/** Random policies and requests over small alphabets, so that patterns meet what they are about. */
import fc from 'fast-check';
import { isArn, type Arn } from '../../src/base/arn.ts';
import { compilePolicy } from '../../src/policy/compile.ts';
import { requestContext, type ContextValue } from '../../src/policy/context.ts';
import type {
  AttachedPolicy,
  AuthorizationRequest,
  PolicySet,
  PolicyType,
  Principal,
} from '../../src/policy/decision.ts';
import { OPERATORS } from '../../src/policy/operators/table.ts';
import { parsePolicy } from '../../src/policy/parse.ts';

export interface StatementDocument {
  Effect: 'Allow' | 'Deny';
  Principal?: unknown;
  Action: string[];
  Resource: string[];
  Condition: Record<string, Record<string, string[]>>;
}

const ACCOUNT = '123456789012';
const ROLE = arn(`arn:aws:iam::${ACCOUNT}:role/deploy`);
const SESSION = arn(`arn:aws:sts::${ACCOUNT}:assumed-role/deploy/run`);
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/gitlab.com`;

const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 'sts:AssumeRole'];
const ACTION_PATTERNS = [...ACTIONS, '*', 's3:*', 's3:Get*', 'S3:getobject', 's3:?etObject', 'sts:*'];
const RESOURCES = ['arn:aws:s3:::b/k', 'arn:aws:s3:::b', ROLE, '*'];
const RESOURCE_PATTERNS = [
  ...RESOURCES,
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::*',
  'arn:*:s3:::?/k',
  'arn:aws:s3:::b/${k:one}',
];
const KEYS = ['k:one', 'k:two', 'k:three'];
const VALUES = [
  'a',
  'A',
  'ab',
  'b*',
  '*',
  '?',
  '1',
  '1.0',
  '2',
  'true',
  '10.0.0.1',
  '10.0.0.0/8',
  '2030-01-01',
  '${k:two}',
  '',
];
const ARN_VALUES = ['arn:aws:s3:::b', 'arn:aws:s3:::*', ROLE];
const OPERATOR_NAMES = OPERATORS.flatMap(({ name, tests }) =>
  tests === 'presence' ? [name] : [name, `${name}IfExists`, `ForAllValues:${name}`, `ForAnyValue:${name}`],
);

const value = fc.constantFrom(...VALUES, ...ARN_VALUES);
const conditions = fc.dictionary(
  fc.constantFrom(...OPERATOR_NAMES),
  fc.dictionary(fc.constantFrom(...KEYS), fc.array(value, { maxLength: 3 }), { maxKeys: 2 }),
  { maxKeys: 2, noNullPrototype: true },
);

/** A statement of an identity-type policy. */
export const identityStatement: fc.Arbitrary<StatementDocument> = fc.record({
  Effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
  Action: fc.array(fc.constantFrom(...ACTION_PATTERNS), { minLength: 1, maxLength: 3 }),
  Resource: fc.array(fc.constantFrom(...RESOURCE_PATTERNS), { minLength: 1, maxLength: 2 }),
  Condition: conditions,
});

const principalElement = fc.oneof(
  fc.constant('*'),
  fc.dictionary(
    fc.constantFrom('AWS', 'Federated', 'Service'),
    fc.array(fc.constantFrom('*', ACCOUNT, ROLE, SESSION, PROVIDER, 'ec2.amazonaws.com'), { maxLength: 2 }),
    { maxKeys: 2, noNullPrototype: true },
  ),
);

/** A statement of a resource-based policy. */
export const resourceStatement: fc.Arbitrary<StatementDocument> = fc
  .tuple(identityStatement, principalElement)
  .map(([statement, Principal]) => ({ ...statement, Principal }));

/** A request by one of the kinds of callers. */
export const request: fc.Arbitrary<AuthorizationRequest> = fc
  .record({
    principal: fc.constantFrom<Principal>(
      { kind: 'assumedRole', account: ACCOUNT, arn: SESSION, roleArn: ROLE, id: 'AROAX' },
      { kind: 'user', account: ACCOUNT, arn: arn(`arn:aws:iam::${ACCOUNT}:user/u`), id: 'AIDAX' },
      { kind: 'root', account: ACCOUNT, arn: arn(`arn:aws:iam::${ACCOUNT}:root`) },
      { kind: 'webIdentity', account: ACCOUNT, provider: PROVIDER },
      { kind: 'service', name: 'ec2.amazonaws.com' },
      { kind: 'anonymous' },
    ),
    action: fc.constantFrom(...ACTIONS),
    resource: fc.constantFrom(...RESOURCES),
    resourceAccount: fc.constantFrom(ACCOUNT, '210987654321', undefined),
    context: fc.dictionary(
      fc.constantFrom(...KEYS),
      fc.oneof<fc.Arbitrary<ContextValue>[]>(value, value, fc.array(value, { maxLength: 2 })),
    ),
  })
  .map(({ context, ...rest }) => ({ ...rest, context: requestContext(Object.entries(context)) }));

/** The documents behind a {@link PolicySet}, so that a property can change them. */
export interface SetDocuments {
  readonly identity: readonly StatementDocument[];
  readonly boundary: readonly StatementDocument[] | undefined;
  readonly session: readonly StatementDocument[] | undefined;
  readonly resource: readonly StatementDocument[] | undefined;
  readonly trust: boolean;
  readonly scp: readonly StatementDocument[] | undefined;
  readonly rcp: readonly StatementDocument[] | undefined;
}

const identityStatements = fc.array(identityStatement, { minLength: 1, maxLength: 3 });
const resourceStatements = fc.array(resourceStatement, { minLength: 1, maxLength: 3 });

/** Policies of every type, most of them absent most of the time. */
export const setDocuments: fc.Arbitrary<SetDocuments> = fc.record({
  identity: identityStatements,
  boundary: fc.option(identityStatements, { nil: undefined, freq: 2 }),
  session: fc.option(identityStatements, { nil: undefined, freq: 2 }),
  resource: fc.option(resourceStatements, { nil: undefined }),
  trust: fc.boolean(),
  scp: fc.option(identityStatements, { nil: undefined, freq: 1 }),
  rcp: fc.option(resourceStatements, { nil: undefined, freq: 1 }),
});

/** Compiles the documents, each list of statements as one policy. */
export function policySet(documents: SetDocuments): PolicySet {
  const { identity, boundary, session, resource, trust, scp, rcp } = documents;
  return {
    identity: [attached('identity', identity)],
    boundary: boundary && attached('boundary', boundary),
    session: session && [attached('session', session)],
    resource: resource && attached(trust ? 'trust' : 'resource', resource),
    scp: scp && [[attached('scp', scp)]],
    rcp: rcp && [[attached('rcp', rcp)]],
  };
}

/** One policy of these statements. */
export function attached(type: PolicyType, statements: readonly unknown[]): AttachedPolicy {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  if (parsed.kind === 'malformed') throw new Error(parsed.problems[0]?.message);
  return { type, source: type, policy: compilePolicy(parsed.policy) };
}

function arn(text: string): Arn {
  if (!isArn(text)) throw new Error(text);
  return text;
}
