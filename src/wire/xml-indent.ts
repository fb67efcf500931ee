/**
 * The lines of Query answers: live STS and IAM print one element a line, two blanks a level, and a line
 * feed at the end (recorded bodies of both, in public repositories and in logs of the aws CLI).
 */

/**
 * `xml` in lines; each element that holds only text stays on one.
 *
 * @param xml as `xml-write.ts` makes it: elements in elements or around text, nothing between
 */
export function indented(xml: string): string {
  let lines = '';
  let margin = '';
  let at = 0;
  while (at < xml.length) {
    const close = xml.indexOf('>', at) + 1;
    if (xml[at + 1] === '/') {
      margin = margin.slice(2);
      lines += `${margin}${xml.slice(at, close)}\n`;
      at = close;
      continue;
    }
    const isEmpty = xml[close - 2] === '/';
    const next = isEmpty ? close : xml.indexOf('<', close);
    // What comes after a start tag is its text and then its end tag, or another start tag.
    const isLeaf = !isEmpty && xml[next + 1] === '/';
    const end = isLeaf ? xml.indexOf('>', next) + 1 : close;
    lines += `${margin}${xml.slice(at, end)}\n`;
    if (!isEmpty && !isLeaf) margin += '  ';
    at = end;
  }
  return lines;
}
