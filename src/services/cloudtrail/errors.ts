/** CloudTrail's error codes and their HTTP statuses (public service model), and how broken constraints are worded. */
import { errorTable, type ServiceError } from '../../base/service-error.ts';

/** The refusal to throw, by code. */
export const cloudTrailError = errorTable({
  InvalidLookupAttributesException: 400,
  InvalidMaxResultsException: 400,
  InvalidNextTokenException: 400,
  InvalidTimeRangeException: 400,
  ValidationException: 400,
});

/**
 * The refusal of an input that breaks the model's constraints: the parameters that have a code of
 * their own get it.
 *
 * @param clauses as `wire/constraints.ts` words them
 */
export function invalidInput(clauses: readonly string[]): ServiceError {
  const [first = ''] = clauses;
  if (first.includes("at 'maxResults'")) {
    return cloudTrailError('InvalidMaxResultsException', 'The maximum number of results must be between 1 and 50.');
  }
  if (first.includes("at 'lookupAttributes")) {
    return cloudTrailError('InvalidLookupAttributesException', `The lookup attributes are not valid: ${first}`);
  }
  const count = clauses.length === 1 ? '1 validation error' : `${clauses.length} validation errors`;
  return cloudTrailError('ValidationException', `${count} detected: ${clauses.join('; ')}`);
}
