/** What S3 answers to each fault (reference aws-federation 7.3). Details echo the client's own request: never log them. */
import { Buffer } from 'node:buffer';
import { isoSeconds } from '../../base/clock.ts';
import type { AuthenticationFault, FaultWording, ScopeProblem, SignaturePlace } from './fault.ts';
import { formatBasicTime } from './timestamp.ts';

type Details = Readonly<Record<string, string>>;
type Expires = Extract<AuthenticationFault, { readonly kind: 'expires' }>['problem'];

const QUERY_COMPONENTS =
  'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.';
const CREDENTIAL_FORM = 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".';
const PAYLOAD_HASH_FORM =
  'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.';
const EXPIRES: Readonly<Record<Expires, string>> = {
  missing: QUERY_COMPONENTS,
  notANumber: 'X-Amz-Expires should be a number',
  negative: 'X-Amz-Expires must be non-negative',
  tooLarge:
    'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
};

/** Code, status, sentence and further elements of `fault` as S3 prints them. */
export function s3Wording(fault: AuthenticationFault): FaultWording {
  switch (fault.kind) {
    case 'unsigned':
      return wording('AccessDenied', 403, 'Access Denied');
    case 'keyNotAccepted':
      return wording('InvalidAccessKeyId', 403, 'The AWS Access Key Id you provided does not exist in our records.', {
        AWSAccessKeyId: fault.accessKeyId,
      });
    case 'tokenMalformed':
      return wording('InvalidToken', 400, 'The provided token is malformed or otherwise invalid.', {
        'Token-0': fault.token,
      });
    case 'sessionExpired':
      return wording('ExpiredToken', 400, 'The provided token has expired.', { 'Token-0': fault.token });
    case 'mismatch':
      return mismatchWording(fault);
    case 'skew':
      return wording(
        'RequestTimeTooSkewed',
        403,
        'The difference between the request time and the current time is too large.',
        {
          RequestTime: formatBasicTime(fault.time),
          ServerTime: isoSeconds(fault.now),
          MaxAllowedSkewMilliseconds: String(fault.window),
        },
      );
    case 'presignedExpired':
      return wording('AccessDenied', 403, 'Request has expired', {
        'X-Amz-Expires': String(fault.expires),
        Expires: isoSeconds(fault.expiresAt),
        ServerTime: isoSeconds(fault.now),
      });
    case 'presignedNotYetValid':
      return wording('AccessDenied', 403, 'Request is not valid yet', {
        'X-Amz-Date': formatBasicTime(fault.time),
        ServerTime: isoSeconds(fault.now),
      });
    case 'headersNotSigned':
      return wording('AccessDenied', 403, 'There were headers present in the request which were not signed', {
        HeadersNotSigned: fault.headers.join(', '),
      });
    case 'missingDate':
      return wording('AccessDenied', 403, 'AWS authentication requires a valid Date or x-amz-date header');
    default:
      return formWording(fault);
  }
}

type FormFault = Exclude<
  AuthenticationFault,
  {
    readonly kind:
      | 'unsigned'
      | 'keyNotAccepted'
      | 'tokenMalformed'
      | 'sessionExpired'
      | 'mismatch'
      | 'skew'
      | 'presignedExpired'
      | 'presignedNotYetValid'
      | 'headersNotSigned'
      | 'missingDate';
  }
>;

/** Faults of form: S3 has one code for the header and one for the query. */
function formWording(fault: FormFault): FaultWording {
  switch (fault.kind) {
    case 'twoMechanisms':
      return wording(
        'InvalidArgument',
        400,
        'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
        { ArgumentName: 'Authorization' },
      );
    case 'unsupportedMechanism':
      return wording(
        'InvalidRequest',
        400,
        'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
      );
    case 'payloadHashMissing':
      return wording('InvalidRequest', 400, 'Missing required header for this request: x-amz-content-sha256');
    case 'payloadHashInvalid':
      return wording('InvalidArgument', 400, PAYLOAD_HASH_FORM, {
        ArgumentName: 'x-amz-content-sha256',
        ArgumentValue: fault.value.slice(0, 256),
      });
    case 'missingComponents':
      return fault.place === 'query'
        ? queryMalformed(QUERY_COMPONENTS)
        : headerMalformed(
            'the authorization header requires three components: Credential, SignedHeaders, and Signature.',
          );
    case 'malformedComponent':
      return malformed(fault.place, `the authorization component "${fault.component}" is malformed.`);
    case 'malformedCredential':
      return malformed(fault.place, CREDENTIAL_FORM);
    case 'hostNotSigned':
      return malformed(fault.place, 'the SignedHeaders component must include "host".');
    case 'malformedDate':
      return fault.place === 'query'
        ? queryMalformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
        : wording('AccessDenied', 403, 'AWS authentication requires a valid Date or x-amz-date header');
    case 'expires':
      return queryMalformed(EXPIRES[fault.problem]);
    case 'scope':
      return scopeWording(fault.place, fault.problems);
    default:
      return fault satisfies never;
  }
}

/** S3 names the first problem only. */
function scopeWording(place: SignaturePlace, [problem]: readonly ScopeProblem[]): FaultWording {
  if (problem === undefined) throw new TypeError('a scope fault has at least one problem');
  const got = problem.got.slice(0, 64);
  switch (problem.part) {
    case 'region':
      return problem.expected === undefined
        ? malformed(place, `the region '${got}' is wrong`)
        : malformed(place, `the region '${got}' is wrong; expecting '${problem.expected}'`, {
            Region: problem.expected,
          });
    case 'service':
      return malformed(place, `incorrect service "${got}". This endpoint belongs to "${problem.expected}".`);
    case 'terminator':
      return malformed(place, `incorrect terminal "${got}". This endpoint uses "aws4_request".`);
    case 'dateFormat':
      return malformed(
        place,
        `incorrect date format "${got}". This date in the credential must be in the format "yyyyMMdd".`,
      );
    case 'date':
      return place === 'query'
        ? queryMalformed(
            `Invalid credential date "${got}". This date is not the same as X-Amz-Date: "${problem.expected}".`,
          )
        : headerMalformed(
            `Invalid credential date "${got}". This date is not the same as X-Amz-Date: "${problem.expected}".`,
          );
    default:
      return problem satisfies never;
  }
}

function mismatchWording(fault: Extract<AuthenticationFault, { readonly kind: 'mismatch' }>): FaultWording {
  return wording(
    'SignatureDoesNotMatch',
    403,
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    {
      AWSAccessKeyId: fault.accessKeyId,
      StringToSign: fault.stringToSign,
      SignatureProvided: fault.signature,
      StringToSignBytes: spacedHex(fault.stringToSign),
      ...(fault.canonicalRequest !== undefined && {
        CanonicalRequest: fault.canonicalRequest,
        CanonicalRequestBytes: spacedHex(fault.canonicalRequest),
      }),
    },
  );
}

/** `47 45 54`: the bytes of a text that holds one byte a character. */
function spacedHex(text: string): string {
  return Buffer.from(text, 'latin1')
    .toString('hex')
    .replaceAll(/..(?!$)/g, '$& ');
}

function malformed(place: SignaturePlace, problem: string, details: Details = {}): FaultWording {
  return place === 'header'
    ? headerMalformed(problem, details)
    : queryMalformed(`Error parsing the X-Amz-Credential parameter; ${problem}`, details);
}

function headerMalformed(problem: string, details: Details = {}): FaultWording {
  return wording('AuthorizationHeaderMalformed', 400, `The authorization header is malformed; ${problem}`, details);
}

function queryMalformed(message: string, details: Details = {}): FaultWording {
  return wording('AuthorizationQueryParametersError', 400, message, details);
}

function wording(code: string, status: number, message: string, details: Details = {}): FaultWording {
  return { code, status, message, details };
}
