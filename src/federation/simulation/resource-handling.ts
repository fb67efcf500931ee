/** `ResourceHandlingOption`: which actions have one, and which options (observed on AWS, September 2026). */

const CLOUDWATCH = [
  'CloudWatch-Alarm',
  'CloudWatch-AlarmMuteRule',
  'CloudWatch-Dashboard',
  'CloudWatch-Dataset',
  'CloudWatch-InsightRule',
  'CloudWatch-MetricStream',
  'CloudWatch-Service',
  'CloudWatch-ServiceLevelObjective',
];

/** Lower-cased action → its options. */
const OPTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'ec2:runinstances',
    [
      'EC2-Classic-EBS',
      'EC2-Classic-InstanceStore',
      'EC2-VPC-EBS',
      'EC2-VPC-EBS-Subnet',
      'EC2-VPC-InstanceStore',
      'EC2-VPC-InstanceStore-Subnet',
    ],
  ],
  ['cloudwatch:listtagsforresource', CLOUDWATCH],
  ['cloudwatch:tagresource', CLOUDWATCH],
  ['cloudwatch:untagresource', CLOUDWATCH],
  ['devicefarm:schedulerun', ['Device Pool as filter', 'Device Selection Configuration as filter']],
]);

const REFERENCE = 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html';

/** AWS's sentence about an option that the action does not have; undefined when it has it. The last form is ours. */
export function handlingFault(action: string, option: string): string | undefined {
  const options = OPTIONS.get(action.toLowerCase());
  if (options?.includes(option) === true) return undefined;
  const what =
    options === undefined
      ? `Action does not support resource handling options: ${action}.`
      : `Action ${action} does not support the resource handling option: ${option}.`;
  return `Invalid input resource handling options. ${what} Please refer to the documentation for more details: ${REFERENCE}`;
}
