/** Amazon Resource Names: parsed at the door, branded inside. */

declare const arnBrand: unique symbol;
declare const accountBrand: unique symbol;

/** A text known to have the six parts of an ARN. */
export type Arn = string & { readonly [arnBrand]: true };
/** Twelve digits. */
export type AccountId = string & { readonly [accountBrand]: true };

/** The six parts of `arn:partition:service:region:account:resource`; the last holds the rest, colons included. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** The account id in `text`, or undefined when it is not exactly twelve digits. */
export function parseAccountId(text: string): AccountId | undefined {
  return isAccountId(text) ? text : undefined;
}

/** Whether `text` is exactly twelve digits. */
export function isAccountId(text: string): text is AccountId {
  return /^[0-9]{12}$/.test(text);
}

/** Whether `text` starts with `arn:` and has six parts (any of which may be empty). */
export function isArn(text: string): text is Arn {
  return parseArn(text) !== undefined;
}

/** The parts of an ARN, or undefined when `text` is not one. No wildcards are interpreted. */
export function parseArn(text: string): ArnParts | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const cuts: number[] = [];
  for (let at = text.indexOf(':'); at >= 0 && cuts.length < 5; at = text.indexOf(':', at + 1)) cuts.push(at);
  const [c0, c1, c2, c3, c4] = cuts;
  if (c0 === undefined || c1 === undefined || c2 === undefined || c3 === undefined || c4 === undefined)
    return undefined;
  return {
    partition: text.slice(c0 + 1, c1),
    service: text.slice(c1 + 1, c2),
    region: text.slice(c2 + 1, c3),
    account: text.slice(c3 + 1, c4),
    resource: text.slice(c4 + 1),
  };
}

/** The name of an entity or a policy of IAM: what follows the last slash of its ARN. Its path stands before it. */
export function nameInArn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** The partition that this Sojourn serves. */
export const PARTITION = 'aws';

/** `arn:aws:iam::{account}:{resource}`; `resource` holds type and path, as `role/ci/deploy`. */
export function iamArn(account: AccountId, resource: string): Arn {
  return formatArn({ partition: PARTITION, service: 'iam', region: '', account, resource });
}

/** `arn:aws:sts::{account}:{resource}`, as `assumed-role/deploy/session`. */
export function stsArn(account: AccountId, resource: string): Arn {
  return formatArn({ partition: PARTITION, service: 'sts', region: '', account, resource });
}

/** `arn:aws:s3:::{bucket}` or `arn:aws:s3:::{bucket}/{key}`. */
export function s3Arn(bucket: string, key?: string): Arn {
  return formatArn({
    partition: PARTITION,
    service: 's3',
    region: '',
    account: '',
    resource: key === undefined ? bucket : `${bucket}/${key}`,
  });
}

/**
 * The ARN of these parts.
 *
 * @throws TypeError when a part before the resource holds a colon: a mistake of the caller
 */
export function formatArn(parts: ArnParts): Arn {
  const text = `arn:${parts.partition}:${parts.service}:${parts.region}:${parts.account}:${parts.resource}`;
  if (!isArn(text)) throw new TypeError('an ARN part before the resource holds a colon');
  return text;
}
