/** Percent-encoding as Signature Version 4 defines it: every byte outside `A-Za-z0-9-._~`, in upper case. */

const UNRESERVED = /^[A-Za-z0-9\-._~]*$/;
const UNRESERVED_PATH = /^[A-Za-z0-9\-._~/]*$/;
const HEX = '0123456789ABCDEF';

/** `text` (one byte a character) encoded; `%` is a byte like any other. */
export function percentEncode(text: string, keepSlash = false): string {
  if ((keepSlash ? UNRESERVED_PATH : UNRESERVED).test(text)) return text;
  let encoded = '';
  for (let at = 0; at < text.length; at++) encoded += encodeByte(text.charCodeAt(at), keepSlash);
  return encoded;
}

/**
 * `text` in the one spelling that the canonical form allows: decoded once and encoded again. A `%`
 * that starts no escape is a byte of its own.
 *
 * @param plusIsSpace in queries, as S3 reads them
 */
export function normalizeEncoding(text: string, options: { keepSlash?: boolean; plusIsSpace?: boolean } = {}): string {
  const keepSlash = options.keepSlash ?? false;
  if ((keepSlash ? UNRESERVED_PATH : UNRESERVED).test(text)) return text;
  let normal = '';
  for (let at = 0; at < text.length; at++) {
    let byte = text.charCodeAt(at);
    if (byte === 0x25) {
      const escaped = hexByte(text, at + 1);
      if (escaped !== undefined) {
        byte = escaped;
        at += 2;
      }
    } else if (byte === 0x2b && options.plusIsSpace === true) {
      byte = 0x20;
    }
    normal += encodeByte(byte, keepSlash);
  }
  return normal;
}

/** The value of a query component: escapes and `+` decoded, read as UTF-8 by the caller if it must be. */
export function percentDecode(text: string): string {
  if (!text.includes('%') && !text.includes('+')) return text;
  let decoded = '';
  for (let at = 0; at < text.length; at++) {
    const byte = text.charCodeAt(at);
    const escaped = byte === 0x25 ? hexByte(text, at + 1) : undefined;
    if (escaped !== undefined) at += 2;
    decoded += byte === 0x2b ? ' ' : String.fromCharCode(escaped ?? byte);
  }
  return decoded;
}

function encodeByte(byte: number, keepSlash: boolean): string {
  if (isUnreserved(byte) || (keepSlash && byte === 0x2f)) return String.fromCharCode(byte);
  return `%${HEX[(byte >> 4) & 15]}${HEX[byte & 15]}`;
}

function isUnreserved(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x5f ||
    byte === 0x7e
  );
}

function hexByte(text: string, at: number): number | undefined {
  const high = hexDigit(text.charCodeAt(at));
  const low = hexDigit(text.charCodeAt(at + 1));
  return high === undefined || low === undefined ? undefined : (high << 4) | low;
}

/** NaN, past the end of the text, is no digit either. */
function hexDigit(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x41 && code <= 0x46) return code - 0x37;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  return undefined;
}
