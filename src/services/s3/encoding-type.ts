/** `encoding-type=url`: listings with keys that XML 1.0 could not carry. */
import type { EncodingType } from '../../wire/generated/s3-types.ts';

/** A function for the names of one listing: S3's URL encoding when it was asked for, else nothing. */
export function namesEncoder(
  encoding: EncodingType | undefined,
): <T extends string | undefined>(name: T) => T | string {
  return (name) => (name === undefined || encoding === undefined ? name : urlEncoded(name));
}

/** As S3 writes them: form encoding (a space is `+`), with `/`, `*`, `-`, `_` and `.` left as they are. */
export function urlEncoded(name: string): string {
  return encodeURIComponent(name)
    .replace(/[!'()~]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/');
}
