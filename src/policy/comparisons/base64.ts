/** Bytes as base64: the alphabet of RFC 4648 section 4, with its padding. */

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Whether IAM stores the text as bytes. */
export function isBase64(text: string): boolean {
  return text.length % 4 === 0 && BASE64.test(text);
}
