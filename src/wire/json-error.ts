/**
 * Refusals in AWS's JSON 1.1 protocol: `__type` is the code, `Message` the sentence, and further
 * members (`Reason`) stand beside them. Every refusal of the client is 400.
 */
import type { ServiceError } from '../base/service-error.ts';
import type { ServiceModel } from './model.ts';

/** Codes that all of AWS's services share, and what the JSON services call them. */
const JSON_CODES: ReadonlyMap<string, string> = new Map([
  ['AccessDenied', 'AccessDeniedException'],
  ['ExpiredToken', 'ExpiredTokenException'],
  ['IncompleteSignature', 'IncompleteSignatureException'],
  ['InvalidClientTokenId', 'UnrecognizedClientException'],
  ['MissingAuthenticationToken', 'MissingAuthenticationTokenException'],
  ['NotImplemented', 'UnsupportedOperationException'],
  ['SignatureDoesNotMatch', 'InvalidSignatureException'],
]);

/** Status and document of a refusal. */
export interface JsonRefusal {
  readonly status: number;
  readonly body: string;
}

/** The answer to a refused call. An empty message is left out, as AWS does for `UnknownOperationException`. */
export function encodeJsonError(error: ServiceError, model: ServiceModel): JsonRefusal {
  const code = JSON_CODES.get(error.code) ?? error.code;
  const message = error.message === '' ? {} : { [messageMember(model, code)]: error.message };
  return {
    status: error.status >= 500 ? error.status : 400,
    body: JSON.stringify({ __type: code, ...message, ...error.details }),
  };
}

/** Errors of the model say how they spell it (Organizations: `Message`); those of the frame write `message`. */
function messageMember(model: ServiceModel, code: string): string {
  const shape = Object.hasOwn(model.shapes, code) ? model.shapes[code] : undefined;
  return shape?.type === 'structure' && Object.hasOwn(shape.members, 'Message') ? 'Message' : 'message';
}
