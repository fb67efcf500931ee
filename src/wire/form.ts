/**
 * Forms and query strings: `application/x-www-form-urlencoded`, strictly.
 *
 * `+` is a space. Of a repeated name the first value counts, for validation, evaluation and echo
 * (reference aws-federation 1.1).
 */
import { ServiceError } from '../base/service-error.ts';

/** Parameters by name, decoded; of a repeated one the first. */
export type QueryParameters = ReadonlyMap<string, string>;

/** More parameters than any call of the API can use; a form with more is refused. */
const MAX_PARAMETERS = 20_000;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The parameters of a form body or of a raw query string (without its `?`).
 *
 * Throws `MalformedInput` for bytes that are not UTF-8, a `%` without two hex digits, and more than
 * 20,000 parameters.
 */
export function parseForm(body: Uint8Array | string): QueryParameters {
  const text = typeof body === 'string' ? body : decodeUtf8(body);
  const parameters = new Map<string, string>();
  let start = 0;
  let count = 0;
  while (start < text.length) {
    const next = text.indexOf('&', start);
    const end = next < 0 ? text.length : next;
    if (end > start) {
      if (++count > MAX_PARAMETERS) throw malformedForm('too many parameters');
      addPair(parameters, text.slice(start, end));
    }
    start = end + 1;
  }
  return parameters;
}

function addPair(parameters: Map<string, string>, pair: string): void {
  const equals = pair.indexOf('=');
  const name = decodeComponent(equals < 0 ? pair : pair.slice(0, equals));
  const value = equals < 0 ? '' : decodeComponent(pair.slice(equals + 1));
  if (!parameters.has(name)) parameters.set(name, value);
}

function decodeComponent(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw malformedForm('percent-encoding');
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw malformedForm('not UTF-8');
  }
}

function malformedForm(reason: string): ServiceError {
  return new ServiceError('MalformedInput', 400, '', { reason: `the form cannot be read: ${reason}` });
}
