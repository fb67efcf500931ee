/** Writes XML as text: escaping and elements, nothing else. */

const SPECIAL = /[&<>"\r\u0000-\u0008\u000B\u000C\u000E-\u001F]/;
const EVERY_SPECIAL = /[&<>"\r\u0000-\u0008\u000B\u000C\u000E-\u001F]/g;

/** First line of every S3 answer; STS and IAM answers have none. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/**
 * Text for between two tags or inside a quoted attribute. Apostrophes stay, as in AWS's messages.
 *
 * Control characters become references, which XML 1.0 does not allow and S3 prints all the same:
 * clients that hold such keys ask for `encoding-type=url`.
 */
export function escapeXml(text: string): string {
  return SPECIAL.test(text) ? text.replace(EVERY_SPECIAL, reference) : text;
}

function reference(character: string): string {
  switch (character) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '"':
      return '&quot;';
    default:
      return `&#x${character.charCodeAt(0).toString(16)};`;
  }
}

/**
 * One element around `content`, which is markup already; an element that can only be empty is `<name/>`.
 *
 * @param attributes markup that starts with a space, as ` xmlns="…"`
 */
export function element(name: string, content: string, attributes = ''): string {
  return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}

/** An element around text, which is escaped here; of empty text `<name></name>`, as AWS prints it. */
export function textElement(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

/**
 * Text for an error document, which every client must be able to parse: what XML 1.0 cannot hold
 * (it may come from a value that the message quotes) becomes U+FFFD.
 */
export function parsableText(text: string): string {
  return text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD').toWellFormed();
}
