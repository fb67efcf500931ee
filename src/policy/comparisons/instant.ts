/** Instants as Date operators read them: ISO 8601 in the W3C profile, or seconds since the epoch. */

/** A plus sign is read over (recorded). */
const EPOCH_SECONDS = /^[+-]?[0-9]{1,12}$/;
const W3C =
  /^([0-9]{4})-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?)?$/;

/**
 * Milliseconds since the epoch; undefined when the text is no date. Digits alone are seconds since the epoch
 * (a bare year would be ambiguous and is not read), a date without time is its midnight UTC, a time without zone
 * is UTC, and what is finer than a millisecond is dropped (reference 5).
 */
export function readInstant(text: string): number | undefined {
  if (EPOCH_SECONDS.test(text)) return Number(text) * 1000;
  const found = W3C.exec(text);
  if (found === null) return undefined;
  const [, year, month, day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = found;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
  const instant = Date.parse(local);
  // Date.parse rolls February 30 over to March; a calendar does not have it.
  if (Number.isNaN(instant) || new Date(instant).toISOString() !== local) return undefined;
  const offset = zoneMinutes(zone);
  return offset === undefined ? undefined : instant - offset * 60_000;
}

/** Minutes east of Greenwich of `Z`, `+09:00` or `+0900`. */
function zoneMinutes(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 18 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
