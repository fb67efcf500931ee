/** Services whose resources a resource control policy can guard (Organizations User Guide, RCPs; list of 2026-09-26). */

const PREFIXES: ReadonlySet<string> = new Set(
  (
    'aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront cloudsearch ' +
    'cloudtrail-data codeartifact codebuild codecommit codepipeline cognito-identity cognito-idp comprehend ' +
    'comprehendmedical compute-optimizer cost-optimization-hub dax dsql dynamodb ecr ecr-public events firehose fis ' +
    'fms gamelift health inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor notifications opensearch ' +
    'pca-connector-ad personalize polly pricing resource-groups rolesanywhere s3 secretsmanager servicediscovery ' +
    'signin sqs sts support swf textract timestream-influxdb transcribe transfer translate wafv2 workspaces xray'
  ).split(' '),
);

/** Whether an action, or a pattern of actions, has a service prefix of the list. Case does not matter. */
export function isRcpAction(action: string): boolean {
  const colon = action.indexOf(':');
  return colon > 0 && PREFIXES.has(action.slice(0, colon).toLowerCase());
}
