/** What `POST …/jobs` is sent: the job's options, its permissions, and the faults to rehearse. */
import type { MintOptions } from '../../idp/profile.ts';

/** A status that the token endpoint answers with, or a 200 without the token in it. */
export type Fault = (typeof FAULTS)[number];

/** A job to open, or a sentence saying what is wrong with the request. */
export type JobRequest =
  | {
      readonly kind: 'job';
      readonly options: MintOptions;
      /** Whether its permissions hold `id-token: write`. */
      readonly mayHaveToken: boolean;
      readonly faults: readonly Fault[];
    }
  | { readonly kind: 'bad'; readonly why: string };

/** What clients of the runner's protocol tell apart (reference oidc-issuers 1.7). */
const FAULTS = [401, 403, 404, 500, 502, 503, 504, 'no-value'] as const;
const FAULT_LIMIT = 20;
const OPTION_LIMIT = 100;

/**
 * Reads the body: a JSON object of mint options, each a text, a number or a boolean, and beside them
 * `permissions`, as a workflow file has them, and `faults`, used up one a request.
 *
 * A body without `permissions` is of a job that has `id-token: write`: it would not be opened otherwise.
 */
export function readJobRequest(body: Uint8Array): JobRequest {
  const value = parsed(body);
  if (!isRecord(value)) return bad('the body is not a JSON object');
  const { permissions, faults = [], ...rest } = value;
  const named = Object.entries(rest);
  if (named.length > OPTION_LIMIT) return bad(`there are more than ${OPTION_LIMIT} options`);
  const options: Record<string, string | true> = {};
  for (const [name, given] of named) {
    const option = optionValue(given);
    if (option === undefined) return bad(`${name} is not a text, a number or a boolean`);
    options[name] = option;
  }
  if (!Array.isArray(faults) || faults.length > FAULT_LIMIT) return bad(`faults is not a list of up to ${FAULT_LIMIT}`);
  const known: Fault[] = [];
  for (const given of faults) {
    const fault = FAULTS.find((candidate) => candidate === given);
    if (fault === undefined) return bad(`a fault is one of ${FAULTS.join(', ')}`);
    known.push(fault);
  }
  const mayHaveToken = permissions === undefined ? true : grantsIdToken(permissions);
  if (mayHaveToken === undefined)
    return bad("permissions is neither read-all, write-all nor a mapping with id-token: 'write' or 'none'");
  return { kind: 'job', options, mayHaveToken, faults: known };
}

/** Reference oidc-issuers 1.8: what a mapping does not name is none; there is no reading of an id-token. */
function grantsIdToken(permissions: unknown): boolean | undefined {
  if (permissions === 'write-all') return true;
  if (permissions === 'read-all') return false;
  if (!isRecord(permissions)) return undefined;
  const said = permissions['id-token'] ?? 'none';
  return said === 'write' ? true : said === 'none' ? false : undefined;
}

function optionValue(given: unknown): string | true | undefined {
  switch (typeof given) {
    case 'string':
      return given;
    case 'number':
      return String(given);
    case 'boolean':
      return given || 'false';
    default:
      return undefined;
  }
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function bad(why: string): JobRequest {
  return { kind: 'bad', why };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
