/** Policy documents in answers: percent-encoded as RFC 3986 section 2.3 says, kept byte for byte otherwise. */

/** Everything but `A–Z a–z 0–9 - . _ ~` becomes `%XX` of its UTF-8 bytes. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
