/**
 * SecurityAudit: reading configuration that matters to security, no content of buckets or tables.
 * Shorter than AWS's: the services that Sojourn speaks, and those that audits of federation look at.
 */
import { managedPolicyFrom } from './aws-managed-policy.ts';

export const securityAudit = managedPolicyFrom({
  name: 'SecurityAudit',
  id: 'ANPAIX2T3QCXHR2OGGCTO',
  description:
    'The security audit template grants access to read security configuration metadata. It is useful for software that audits the configuration of an AWS account.',
  created: '2015-02-06T18:41:01Z',
  updated: '2015-02-06T18:41:01Z',
  versionId: 'v1',
  statements: [
    {
      Effect: 'Allow',
      Action: [
        'access-analyzer:Get*',
        'access-analyzer:List*',
        'cloudtrail:Describe*',
        'cloudtrail:Get*',
        'cloudtrail:List*',
        'cloudtrail:LookupEvents',
        'config:Describe*',
        'config:Get*',
        'config:List*',
        'iam:GenerateCredentialReport',
        'iam:GenerateServiceLastAccessedDetails',
        'iam:Get*',
        'iam:List*',
        'iam:SimulateCustomPolicy',
        'iam:SimulatePrincipalPolicy',
        'kms:Describe*',
        'kms:GetKeyPolicy',
        'kms:GetKeyRotationStatus',
        'kms:List*',
        'organizations:Describe*',
        'organizations:List*',
        's3:GetAccelerateConfiguration',
        's3:GetAccessPoint*',
        's3:GetAccountPublicAccessBlock',
        's3:GetAnalyticsConfiguration',
        's3:GetBucket*',
        's3:GetEncryptionConfiguration',
        's3:GetInventoryConfiguration',
        's3:GetLifecycleConfiguration',
        's3:GetMetricsConfiguration',
        's3:GetObjectAcl',
        's3:GetObjectVersionAcl',
        's3:GetReplicationConfiguration',
        's3:ListAccessPoints',
        's3:ListAllMyBuckets',
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetResourcePolicy',
        'secretsmanager:ListSecrets',
        'sts:GetAccessKeyInfo',
      ],
      Resource: '*',
    },
  ],
});
