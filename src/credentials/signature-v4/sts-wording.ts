/** What STS and IAM answer to each fault (reference aws-federation 1.3 and 7.3). */
import type { AuthenticationFault, Component, FaultWording, ScopeProblem } from './fault.ts';
import { formatBasicTime } from './timestamp.ts';

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const INVALID_TOKEN = 'The security token included in the request is invalid.';
const NONCONFORMING = 'The request signature does not conform to AWS standards.';

/** Code, status and sentence of `fault` as STS and IAM print it. There are never details. */
export function stsWording(fault: AuthenticationFault): FaultWording {
  switch (fault.kind) {
    case 'unsigned':
      return forbidden('MissingAuthenticationToken', 'Request is missing Authentication Token');
    case 'keyNotAccepted':
    case 'tokenMalformed':
      return forbidden('InvalidClientTokenId', INVALID_TOKEN);
    case 'sessionExpired':
      return forbidden('ExpiredToken', 'The security token included in the request is expired');
    case 'scope':
      return mismatch(fault.problems.map(scopeSentence).join(''));
    case 'hostNotSigned':
      return mismatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    case 'skew':
      return mismatch(skewSentence(fault.time, fault.now, fault.window));
    case 'mismatch':
      return mismatch(MISMATCH);
    case 'missingComponents':
      return incomplete(
        `${fault.missing.map((name) => missingSentence(name, fault.place === 'query')).join(' ')} ${hashed(fault.digest)}`,
      );
    case 'missingDate':
      return incomplete(
        `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ${hashed(fault.digest)}`,
      );
    case 'malformedDate':
      return incomplete(
        `Date must be in ISO-8601 'basic format'. Got '${excerpt(fault.date)}'. See http://en.wikipedia.org/wiki/ISO_8601`,
      );
    case 'malformedCredential':
      return incomplete(
        `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got ${fault.elements}.`,
      );
    // STS does not look at X-Amz-Expires or unsigned headers; the closed union wants an answer all the same.
    case 'twoMechanisms':
    case 'unsupportedMechanism':
    case 'malformedComponent':
    case 'expires':
    case 'presignedExpired':
    case 'presignedNotYetValid':
    case 'headersNotSigned':
    case 'payloadHashMissing':
    case 'payloadHashInvalid':
      return incomplete(NONCONFORMING);
    default:
      return fault satisfies never;
  }
}

/** With AWS's trailing blank where AWS has one, so that two of them read as two sentences. */
function scopeSentence(problem: ScopeProblem): string {
  switch (problem.part) {
    case 'region':
      return 'Credential should be scoped to a valid region. ';
    case 'service':
      return `Credential should be scoped to correct service: '${problem.expected}'. `;
    case 'terminator':
      return "Credential should be scoped with a valid terminator: 'aws4_request'.";
    case 'dateFormat':
    case 'date':
      return 'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.';
    default:
      return problem satisfies never;
  }
}

function skewSentence(time: number, now: number, window: number): string {
  const minutes = window / 60_000;
  const server = formatBasicTime(now);
  return time < now
    ? `Signature expired: ${formatBasicTime(time)} is now earlier than ${formatBasicTime(now - window)} (${server} - ${minutes} min.)`
    : `Signature not yet current: ${formatBasicTime(time)} is still later than ${formatBasicTime(now + window)} (${server} + ${minutes} min.)`;
}

function missingSentence(name: Component, query: boolean): string {
  return query
    ? `AWS query-string parameters must include 'X-Amz-${name}'.`
    : `Authorization header requires '${name}' parameter.`;
}

/** AWS prints the digest of the header, so that neither key nor signature gets into a message. */
function hashed(digest: string): string {
  return `(Hashed with SHA-256 and encoded with Base64) Authorization=${digest}`;
}

/** A client's own text inside a sentence: bounded. */
function excerpt(text: string): string {
  return text.slice(0, 64);
}

function forbidden(code: string, message: string): FaultWording {
  return { code, status: 403, message, details: {} };
}

function mismatch(message: string): FaultWording {
  return forbidden('SignatureDoesNotMatch', message);
}

function incomplete(message: string): FaultWording {
  return { code: 'IncompleteSignature', status: 400, message, details: {} };
}
