/**
 * Which actions AWS's simulator knows, and which resources it asks them of: an action that no ARN can be asked for is
 * denied on every ARN, and so is one on an ARN of another kind, whatever the policies say (observed on AWS, September
 * 2026). Services without a table here are asked of every ARN.
 */
import { parseArn } from '../../base/arn.ts';
import { CLOUDTRAIL_ACTIONS } from './actions/cloudtrail.ts';
import { EC2_ACTIONS } from './actions/ec2.ts';
import { IAM_ACTIONS } from './actions/iam.ts';
import { KMS_ACTIONS } from './actions/kms.ts';
import { LAMBDA_ACTIONS } from './actions/lambda.ts';
import { ORGANIZATIONS_ACTIONS } from './actions/organizations.ts';
import { S3_ACTIONS } from './actions/s3.ts';
import { SQS_ACTIONS } from './actions/sqs.ts';
import { STS_ACTIONS } from './actions/sts.ts';
import type { ServiceActions } from './service-actions.ts';
import { SERVICE_PREFIXES } from './service-prefixes.ts';

const TABLES: readonly ServiceActions[] = [
  CLOUDTRAIL_ACTIONS,
  EC2_ACTIONS,
  IAM_ACTIONS,
  KMS_ACTIONS,
  LAMBDA_ACTIONS,
  ORGANIZATIONS_ACTIONS,
  S3_ACTIONS,
  SQS_ACTIONS,
  STS_ACTIONS,
];

/** Where an ARN must begin for an action. */
type Beginnings = readonly string[];

interface ServiceTable {
  /** By lower-cased name without prefix. */
  readonly actions: ReadonlyMap<string, Beginnings>;
  readonly others: Beginnings | undefined;
}

const SERVICES: ReadonlyMap<string, ServiceTable> = new Map(TABLES.map((row) => [row.prefix, readTable(row)]));
const NAME = /^[A-Za-z0-9]+$/;

/** Whether AWS knows an action of that name: patterns and names that its service does not have are none. */
export function isKnownAction(action: string): boolean {
  const { prefix, name } = partsOf(action);
  if (!NAME.test(name) || !SERVICE_PREFIXES.has(prefix)) return false;
  const table = SERVICES.get(prefix);
  return table === undefined || table.others !== undefined || table.actions.has(name);
}

/** Whether the action can be asked of the resource, `*` or an ARN. What AWS does not know is asked as it stands. */
export function fitsResource(action: string, resource: string): boolean {
  if (resource === '*') return true;
  const { prefix, name } = partsOf(action);
  const table = SERVICES.get(prefix);
  const beginnings = table?.actions.get(name) ?? table?.others;
  if (beginnings === undefined) return true;
  const arn = parseArn(resource);
  return arn !== undefined && beginnings.some((beginning) => `${arn.service}:${arn.resource}`.startsWith(beginning));
}

function partsOf(action: string): { readonly prefix: string; readonly name: string } {
  const [prefix = '', ...rest] = action.toLowerCase().split(':');
  return { prefix, name: rest.join(':') };
}

function readTable({ onResources, withoutResource, others }: ServiceActions): ServiceTable {
  const actions = new Map<string, Beginnings>(wordsOf(withoutResource).map((name) => [name, []]));
  for (const row of onResources) for (const name of wordsOf(row.actions)) actions.set(name, row.beginnings);
  return { actions, others };
}

function wordsOf(text: string): readonly string[] {
  return text.trim().toLowerCase().split(/\s+/);
}
