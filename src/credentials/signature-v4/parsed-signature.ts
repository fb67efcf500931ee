/** A signature taken apart, nothing of it verified yet. */
import type { SignaturePlace } from './fault.ts';

/** `{accessKeyId}/{date}/{region}/{service}/{terminator}` without the key. */
export interface CredentialScope {
  /** `YYYYMMDD` when well formed. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** `aws4_request` when well formed. */
  readonly terminator: string;
}

export interface ParsedSignature {
  readonly kind: 'signature';
  readonly place: SignaturePlace;
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** Lower-cased names in the order of the request. */
  readonly signedHeaders: readonly string[];
  /** As sent; compared in constant time only. */
  readonly signature: string;
  /** Of the request: milliseconds since the epoch, and `YYYYMMDDTHHMMSSZ`. */
  readonly time: number;
  readonly timestamp: string;
  /** `X-Amz-Expires` as sent; undefined in headers. */
  readonly expires: string | undefined;
  /** `X-Amz-Security-Token`, from the header or the query. */
  readonly sessionToken: string | undefined;
}

export const TERMINATOR = 'aws4_request';
export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** The scope as the string to sign has it. */
export function printScope(scope: CredentialScope): string {
  return `${scope.date}/${scope.region}/${scope.service}/${scope.terminator}`;
}
