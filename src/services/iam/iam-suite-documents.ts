/** Policy documents that IAM's tests share. */

/** A trust policy that EC2 may use. */
export const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});

/** Another one. */
export const SERVICE_TRUST = TRUST.replace('ec2.', 'lambda.');

/** An identity policy. */
export const ALLOW_S3 = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::bucket/*' }],
});

/** An AWS managed policy that every account sees. */
export const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess';
