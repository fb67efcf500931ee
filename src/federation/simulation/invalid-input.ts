/** How the simulators refuse what a request holds. */
import { ServiceError } from '../../base/service-error.ts';

/** An `InvalidInput` of the simulators. */
export function invalidInput(message: string): ServiceError {
  return new ServiceError('InvalidInput', 400, message);
}

/** Of a document of `PolicyInputList`, and of a boundary (observed on AWS, September 2026). @param index from 0 */
export function invalidPolicyInput(index: number): ServiceError {
  return invalidInput(`Policy input list item ${index + 1} has invalid content`);
}
