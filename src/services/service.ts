/** A service: its wire tables and its operations. The server knows services by this shape alone. */
import { cloudtrail } from '../wire/generated/cloudtrail.ts';
import { iam } from '../wire/generated/iam.ts';
import { organizations } from '../wire/generated/organizations.ts';
import { s3 } from '../wire/generated/s3.ts';
import { sts } from '../wire/generated/sts.ts';
import type { ServiceModel } from '../wire/model.ts';
import type { ServiceError } from '../base/service-error.ts';
import { invalidInput as invalidLookup } from './cloudtrail/errors.ts';
import { cloudTrailOperations } from './cloudtrail/operations.ts';
import { iamOperations } from './iam/operations.ts';
import type { Call, Permission } from './operation.ts';
import { invalidInput } from './organizations/invalid-input.ts';
import { organizationsOperations } from './organizations/operations.ts';
import { s3Operations } from './s3/operations.ts';
import { stsOperations } from './sts/operations.ts';

/**
 * An operation whose input was decoded by the wire table of its name: the dispatcher hands each
 * operation what its own table made, so the two types meet here and nowhere else.
 */
export interface AnyOperation {
  readonly name: string;
  readonly permission: Permission<unknown>;
  readonly handle: (input: unknown, call: Call) => Promise<unknown>;
}

export interface Service {
  readonly name: ServiceModel['service'];
  readonly model: ServiceModel;
  readonly operations: ReadonlyMap<string, AnyOperation>;
  /** JSON services: the refusal of an input that breaks constraints of the model, when it is not a ValidationException. */
  readonly invalidInput?: (clauses: readonly string[]) => ServiceError;
}

export const STS: Service = { name: 'sts', model: sts, operations: erased(stsOperations) };
export const IAM: Service = { name: 'iam', model: iam, operations: erased(iamOperations) };
export const S3: Service = { name: 's3', model: s3, operations: erased(s3Operations) };
export const ORGANIZATIONS: Service = {
  name: 'organizations',
  model: organizations,
  operations: erased(organizationsOperations),
  invalidInput,
};
export const CLOUDTRAIL: Service = {
  name: 'cloudtrail',
  model: cloudtrail,
  operations: erased(cloudTrailOperations),
  invalidInput: invalidLookup,
};

/** All of them, for what is made from their tables. */
export const SERVICES: readonly Service[] = [STS, IAM, S3, ORGANIZATIONS, CLOUDTRAIL];

function erased(table: Readonly<Record<string, unknown>>): ReadonlyMap<string, AnyOperation> {
  return new Map(Object.entries(table).map(([name, operation]) => [name, operation as AnyOperation]));
}
