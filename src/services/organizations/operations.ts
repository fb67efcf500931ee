/** AWS Organizations' operations, by the name that comes in `X-Amz-Target`. */
import type { Operations } from '../../wire/generated/organizations-types.ts';
import type { OperationTable } from '../operation.ts';

export const organizationsOperations: OperationTable<Operations> = {};
