/** CloudTrail's operations that Sojourn answers; the others of the model are refused by name. */
import type { Operations } from '../../wire/generated/cloudtrail-types.ts';
import type { OperationTable } from '../operation.ts';
import { lookupEvents } from './lookup-events.ts';

export const cloudTrailOperations: OperationTable<Operations> = { LookupEvents: lookupEvents };
