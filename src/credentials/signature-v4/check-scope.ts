/** The second step: the credential scope names this service, and the request is of this time. */
import type { ScopeProblem, SignatureFault } from './fault.ts';
import { TERMINATOR } from './parsed-signature.ts';
import type { ParsedSignature } from './parsed-signature.ts';
import { isDay } from './timestamp.ts';

/** How far the clocks of client and service may be apart, in milliseconds. */
export const SKEW_WINDOW = 15 * 60 * 1000;
/** Seven days, in seconds: the longest that a presigned URL may live. */
export const MAX_EXPIRES = 604_800;

const REGION = /^[a-z0-9-]{1,64}$/;

export interface ScopeExpectation {
  /** `sts`, `iam`, `s3`: the service that the request reached. */
  readonly service: string;
  /** Undefined when any region will do, as long as it has the form of one. */
  readonly region: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What is wrong with scope or time; undefined when nothing is. */
export function checkScope(parsed: ParsedSignature, expected: ScopeExpectation): SignatureFault | undefined {
  const problems = scopeProblems(parsed, expected);
  if (problems.length > 0) return { kind: 'scope', place: parsed.place, problems };
  // Only S3 heeds X-Amz-Expires: a presigned STS call lives for the skew window, whatever it says.
  if (parsed.place === 'query' && expected.service === 's3') return checkExpires(parsed, expected.now);
  if (Math.abs(parsed.time - expected.now) > SKEW_WINDOW) {
    return { kind: 'skew', time: parsed.time, now: expected.now, window: SKEW_WINDOW };
  }
  return undefined;
}

/** In the order in which AWS prints them: region, then service. */
function scopeProblems({ scope, timestamp }: ParsedSignature, expected: ScopeExpectation): readonly ScopeProblem[] {
  const problems: ScopeProblem[] = [];
  const { region, service } = expected;
  if (region === undefined ? !REGION.test(scope.region) : scope.region !== region) {
    problems.push({ part: 'region', got: scope.region, expected: region });
  }
  if (scope.service !== service) problems.push({ part: 'service', got: scope.service, expected: service });
  if (scope.terminator !== TERMINATOR) problems.push({ part: 'terminator', got: scope.terminator });
  const day = timestamp.slice(0, 8);
  if (!isDay(scope.date)) problems.push({ part: 'dateFormat', got: scope.date });
  else if (scope.date !== day) problems.push({ part: 'date', got: scope.date, expected: day });
  return problems;
}

function checkExpires({ expires, time }: ParsedSignature, now: number): SignatureFault | undefined {
  if (expires === undefined) return { kind: 'expires', problem: 'missing' };
  if (/^-[0-9]{1,19}$/.test(expires)) return { kind: 'expires', problem: 'negative' };
  if (!/^[0-9]{1,19}$/.test(expires)) return { kind: 'expires', problem: 'notANumber' };
  const seconds = Number(expires);
  if (seconds > MAX_EXPIRES) return { kind: 'expires', problem: 'tooLarge' };
  if (time - now > SKEW_WINDOW) return { kind: 'presignedNotYetValid', time, now };
  const expiresAt = time + seconds * 1000;
  return now > expiresAt ? { kind: 'presignedExpired', expires: seconds, expiresAt, now } : undefined;
}
