/** How S3 refuses a parameter or header that is not of its type: by the name on the wire, else `InvalidArgument`. */
import { ServiceError } from '../base/service-error.ts';

interface Refusal {
  readonly code: 'InvalidArgument' | 'InvalidRequest' | 'InvalidStorageClass';
  readonly message: string;
}

const CHECKSUM_ALGORITHM: Refusal = {
  code: 'InvalidRequest',
  message:
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
};
const PART_NUMBER: Refusal = {
  code: 'InvalidArgument',
  message: 'Part number must be an integer between 1 and 10000, inclusive',
};

/** S3's well-known sentences; the codes and statuses are those of its API reference, "Error responses". */
const REFUSALS: ReadonlyMap<string, Refusal> = new Map([
  ['partnumber', PART_NUMBER],
  ['encoding-type', { code: 'InvalidArgument', message: 'Invalid Encoding Method specified in Request' }],
  ['x-amz-metadata-directive', { code: 'InvalidArgument', message: 'Unknown metadata directive.' }],
  ['x-amz-tagging-directive', { code: 'InvalidArgument', message: 'Unknown tagging directive.' }],
  ['x-amz-storage-class', { code: 'InvalidStorageClass', message: 'The storage class you specified is not valid' }],
  ['x-amz-checksum-algorithm', CHECKSUM_ALGORITHM],
  ['x-amz-sdk-checksum-algorithm', CHECKSUM_ALGORITHM],
]);

/**
 * The error for a value that is not what its place takes.
 *
 * @param name on the wire, as `max-keys`
 * @param due kind of shape; whole numbers have a sentence of their own
 * @param value echoed, unless it is secret or too long to be an honest mistake
 */
export function invalidArgument(name: string, due: string, value: string): ServiceError {
  const known = REFUSALS.get(name.toLowerCase());
  const isNumber = due === 'integer' || due === 'long';
  const message = known?.message ?? (isNumber ? `Provided ${name} not an integer or within integer range` : '');
  const echo: Readonly<Record<string, string>> = value.length <= 256 ? { ArgumentValue: value } : {};
  return new ServiceError(known?.code ?? 'InvalidArgument', 400, message || 'Invalid Argument', {
    details: { ArgumentName: name, ...echo },
    reason: `${name} is not a ${due}`,
  });
}

/** A header that the operation cannot do without. */
export function missingHeader(name: string): ServiceError {
  return new ServiceError('InvalidRequest', 400, `Missing required header for this request: ${name}`);
}

/** A query parameter that the operation cannot do without. */
export function missingParameter(name: string): ServiceError {
  const message = `Missing required query parameter for this request: ${name}`;
  return new ServiceError('InvalidArgument', 400, message, { details: { ArgumentName: name } });
}

/** No body where a document is due. */
export function missingRequestBody(): ServiceError {
  return new ServiceError('MissingRequestBodyError', 400, 'Request Body is empty');
}
