/** The services that a report of last accessed details tells of: Sojourn's own. */

/** Namespace → AWS's name of the service. */
export const SERVICE_NAMES: ReadonlyMap<string, string> = new Map([
  ['cloudtrail', 'AWS CloudTrail'],
  ['iam', 'AWS Identity and Access Management'],
  ['organizations', 'AWS Organizations'],
  ['s3', 'Amazon S3'],
  ['sts', 'AWS Security Token Service'],
]);
