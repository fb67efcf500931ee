/** Every way in which a signature, or the credentials behind it, can fail; with the facts that the wording needs. */

/** Where the signature stands: the `Authorization` header, or the query of a presigned URL. */
export type SignaturePlace = 'header' | 'query';

/** One part of the credential scope that does not fit. */
export type ScopeProblem =
  | { readonly part: 'region'; readonly got: string; readonly expected: string | undefined }
  | { readonly part: 'service'; readonly got: string; readonly expected: string }
  | { readonly part: 'terminator'; readonly got: string }
  | { readonly part: 'dateFormat'; readonly got: string }
  /** The day of the scope is not the day of the request's own time. */
  | { readonly part: 'date'; readonly got: string; readonly expected: string };

/** The components that a signature must have, by their names in the header. */
export type Component = 'Algorithm' | 'Credential' | 'SignedHeaders' | 'Signature' | 'Date';

/** A signature that does not hold. Nothing in it but `mismatch` comes near a signature, and that one only echoes. */
export type SignatureFault =
  /** Signed in the header and in the query at once. */
  | { readonly kind: 'twoMechanisms' }
  /** Signature Version 2, Bearer, Basic, SigV4A. */
  | { readonly kind: 'unsupportedMechanism'; readonly place: SignaturePlace }
  | {
      readonly kind: 'missingComponents';
      readonly place: SignaturePlace;
      readonly missing: readonly Component[];
      /** SHA-256 of the header in base64, which AWS prints instead of the header. */
      readonly digest: string;
    }
  /** A component without `=`, twice, or with characters that it cannot have. */
  | { readonly kind: 'malformedComponent'; readonly place: SignaturePlace; readonly component: Component | 'unknown' }
  | {
      readonly kind: 'malformedCredential';
      readonly place: SignaturePlace;
      readonly elements: number;
    }
  | { readonly kind: 'missingDate'; readonly digest: string }
  | { readonly kind: 'malformedDate'; readonly place: SignaturePlace; readonly date: string }
  | { readonly kind: 'hostNotSigned'; readonly place: SignaturePlace }
  | { readonly kind: 'scope'; readonly place: SignaturePlace; readonly problems: readonly ScopeProblem[] }
  /** `X-Amz-Expires` of a presigned URL. */
  | { readonly kind: 'expires'; readonly problem: 'missing' | 'notANumber' | 'negative' | 'tooLarge' }
  /** Times in milliseconds since the epoch; `window` is the allowed distance, also in milliseconds. */
  | { readonly kind: 'skew'; readonly time: number; readonly now: number; readonly window: number }
  | {
      readonly kind: 'presignedExpired';
      /** Seconds, as in the URL. */
      readonly expires: number;
      readonly expiresAt: number;
      readonly now: number;
    }
  | { readonly kind: 'presignedNotYetValid'; readonly time: number; readonly now: number }
  /** S3: `x-amz-*` headers that came but were not signed. */
  | { readonly kind: 'headersNotSigned'; readonly headers: readonly string[] }
  | { readonly kind: 'payloadHashMissing' }
  | { readonly kind: 'payloadHashInvalid'; readonly value: string }
  | {
      readonly kind: 'mismatch';
      readonly accessKeyId: string;
      readonly stringToSign: string;
      /** Version 2 has none. */
      readonly canonicalRequest: string | undefined;
      /** What the client sent. */
      readonly signature: string;
    };

/** The signature may hold, but what stands behind the key does not. */
export type CredentialFault =
  | { readonly kind: 'unsigned' }
  | {
      readonly kind: 'keyNotAccepted';
      readonly accessKeyId: string;
      /** One answer on the wire for all; the reason is for the operator. */
      readonly why: 'unknown' | 'inactive' | 'tokenMissing' | 'tokenOfAnotherKey' | 'tokenForeign' | 'principalGone';
    }
  | { readonly kind: 'tokenMalformed'; readonly accessKeyId: string; readonly token: string }
  | { readonly kind: 'sessionExpired'; readonly token: string };

export type AuthenticationFault = SignatureFault | CredentialFault;

/** What goes on the wire for a fault. */
export interface FaultWording {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  /** Further elements of S3's error document. They echo the client's own request: never log them. */
  readonly details: Readonly<Record<string, string>>;
}
