/** Times as signatures write them. */

const DAY_FORM = /^[0-9]{8}$/;
const BASIC_FORM = /^([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})Z$/;
/** IMF-fixdate, RFC 9110 section 5.6.7; `Date.parse` reads exactly this form in every engine. */
const HTTP_FORM = /^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$/;

/** Milliseconds since the epoch of `YYYYMMDDTHHMMSSZ`; undefined for another form or a day that is none. */
export function parseBasicTime(text: string): number | undefined {
  const [, year, month, day, hour, minute, second] = BASIC_FORM.exec(text) ?? [];
  if (year === undefined) return undefined;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // February 30 rolls over in some engines and is NaN in others: it must print as it was read.
  return !Number.isNaN(time) && formatBasicTime(time) === text ? time : undefined;
}

/** Milliseconds since the epoch of an HTTP date; undefined for another form. */
export function parseHttpTime(text: string): number | undefined {
  const time = HTTP_FORM.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** `YYYYMMDDTHHMMSSZ` */
export function formatBasicTime(milliseconds: number): string {
  const iso = new Date(milliseconds).toISOString();
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`;
}

/** Whether `text` looks like the `YYYYMMDD` of a credential scope. */
export function isDay(text: string): boolean {
  return DAY_FORM.test(text);
}
