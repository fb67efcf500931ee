/**
 * ReadOnlyAccess: reading everything, content included.
 * AWS's own lists each service's actions one by one; this one names the reading verbs of the services.
 */
import { managedPolicyFrom } from './aws-managed-policy.ts';

const SERVICES = [
  'access-analyzer',
  'acm',
  'apigateway',
  'autoscaling',
  'batch',
  'cloudformation',
  'cloudfront',
  'cloudtrail',
  'cloudwatch',
  'codebuild',
  'codecommit',
  'codedeploy',
  'codepipeline',
  'cognito-identity',
  'cognito-idp',
  'config',
  'dynamodb',
  'ec2',
  'ecr',
  'ecs',
  'eks',
  'elasticache',
  'elasticfilesystem',
  'elasticloadbalancing',
  'events',
  'firehose',
  'glue',
  'guardduty',
  'iam',
  'kafka',
  'kinesis',
  'lambda',
  'logs',
  'organizations',
  'ram',
  'rds',
  'redshift',
  'route53',
  's3',
  's3-object-lambda',
  'secretsmanager',
  'securityhub',
  'ses',
  'sns',
  'sqs',
  'ssm',
  'states',
  'sts',
  'tag',
  'wafv2',
  'xray',
] as const;

/** Services whose `Get*` hands out secrets; AWS's policy leaves these readings out. */
const DESCRIBED_ONLY: readonly string[] = ['secretsmanager'];

/** Services whose `Get*` makes credentials rather than reading. */
const NAMED_ONLY: Readonly<Record<string, readonly string[]>> = {
  'cognito-identity': ['cognito-identity:Describe*', 'cognito-identity:GetIdentityPoolRoles', 'cognito-identity:List*'],
  sts: ['sts:GetAccessKeyInfo', 'sts:GetCallerIdentity', 'sts:GetSessionToken'],
  apigateway: ['apigateway:GET'],
  ecr: ['ecr:BatchCheck*', 'ecr:BatchGet*', 'ecr:Describe*', 'ecr:Get*', 'ecr:List*'],
  iam: ['iam:Generate*', 'iam:Get*', 'iam:List*', 'iam:Simulate*'],
  cloudtrail: ['cloudtrail:Describe*', 'cloudtrail:Get*', 'cloudtrail:List*', 'cloudtrail:LookupEvents'],
  dynamodb: [
    'dynamodb:BatchGet*',
    'dynamodb:Describe*',
    'dynamodb:Get*',
    'dynamodb:List*',
    'dynamodb:Query',
    'dynamodb:Scan',
  ],
};

export const readOnlyAccess = managedPolicyFrom({
  name: 'ReadOnlyAccess',
  id: 'ANPAILL3HVNFSB6DCOWYQ',
  description: 'Provides read-only access to AWS services and resources.',
  created: '2015-02-06T18:39:48Z',
  updated: '2015-02-06T18:39:48Z',
  versionId: 'v1',
  statements: [{ Effect: 'Allow', Action: SERVICES.flatMap(readingActions), Resource: '*' }],
});

function readingActions(service: string): readonly string[] {
  const named = NAMED_ONLY[service];
  if (named !== undefined) return named;
  const described = [`${service}:Describe*`, `${service}:List*`];
  return DESCRIBED_ONLY.includes(service) ? described : [...described, `${service}:Get*`];
}
