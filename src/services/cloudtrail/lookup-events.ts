/**
 * cloudtrail:LookupEvents: the account's management events, newest first, out of the audit log.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
import { createHash } from 'node:crypto';
import { openMarker, sealMarker } from '../../federation/paging-marker.ts';
import type { Event, LookupEventsRequest, LookupEventsResponse } from '../../wire/generated/cloudtrail-types.ts';
import type { Call, Operation } from '../operation.ts';
import { cloudTrailError } from './errors.ts';
import { hasAttribute, readRecordedEvent } from './recorded-event.ts';

/** Events of a page, when the request does not say. */
const DEFAULT_MAX_RESULTS = 50;
/** Bytes of the log that one call reads; a page may be short, or empty, and still have a next one. */
const BYTES_A_CALL = 16 * 1024 * 1024;
/**
 * Milliseconds by which a line may stand after one of a later call: lines are written when calls
 * end, times are of when they began.
 */
const DISORDER = 3_600_000;

/** Answers a page; `NextToken` goes on where it ended. */
export const lookupEvents: Operation<LookupEventsRequest, LookupEventsResponse> = {
  name: 'LookupEvents',
  permission: {
    kind: 'actions',
    actions: ['cloudtrail:LookupEvents'],
    requirements: () => [{ action: 'cloudtrail:LookupEvents', resource: '*' }],
  },
  async handle(input, call) {
    const [attribute, ...more] = input.LookupAttributes ?? [];
    if (more.length > 0) {
      throw cloudTrailError('InvalidLookupAttributesException', 'You can specify only one lookup attribute.');
    }
    const begin = input.StartTime?.getTime() ?? Number.NEGATIVE_INFINITY;
    const end = input.EndTime?.getTime() ?? Number.POSITIVE_INFINITY;
    if (begin > end) {
      throw cloudTrailError('InvalidTimeRangeException', 'The start time must not be after the end time.');
    }
    // Insights are of trails, which Sojourn has not: there are none.
    if (input.EventCategory === 'insight') return { Events: [] };
    const scope = scopeOf(input, call);
    const limit = input.MaxResults ?? DEFAULT_MAX_RESULTS;
    const events: Event[] = [];
    let first: number | undefined;
    for await (const { position, text } of call.sojourn.auditTrail.backwards(positionIn(input, scope, call))) {
      first ??= position + text.length;
      if (mayConcern(text, call.account, attribute?.AttributeValue, attribute?.AttributeKey)) {
        const recorded = readRecordedEvent(text);
        if (recorded !== undefined && recorded.time < begin - DISORDER) return { Events: events };
        const wanted =
          recorded !== undefined &&
          recorded.account === call.account &&
          recorded.management &&
          recorded.time >= begin &&
          recorded.time <= end &&
          (attribute === undefined || hasAttribute(recorded, attribute));
        if (wanted) events.push(recorded.event);
      }
      if (events.length === limit || first - position > BYTES_A_CALL) {
        return { Events: events, NextToken: sealMarker(scope, String(position), call.sojourn) };
      }
    }
    return { Events: events };
  },
};

/** A cheap look before the line is parsed: the values that are compared stand in it as they are. */
function mayConcern(line: string, account: string, value: string | undefined, key: string | undefined): boolean {
  if (!line.includes(account)) return false;
  // Types and the words true, false and root are not in the line as such.
  if (value === undefined || key === 'ResourceType' || key === 'ReadOnly' || value === 'root') return true;
  return line.includes(JSON.stringify(value).slice(1, -1));
}

/** A token is good for the same question of the same account only. */
function scopeOf(input: LookupEventsRequest, call: Call): string {
  const question = [input.LookupAttributes ?? [], input.StartTime ?? 0, input.EndTime ?? 0, input.EventCategory ?? ''];
  const digest = createHash('sha256').update(JSON.stringify(question)).digest('base64url');
  return `${call.account}/LookupEvents/${digest}`;
}

function positionIn(input: LookupEventsRequest, scope: string, call: Call): number | undefined {
  if (input.NextToken === undefined) return undefined;
  const position = openMarker(scope, input.NextToken, call.sojourn);
  if (position === undefined) throw cloudTrailError('InvalidNextTokenException', 'The next token is not valid.');
  return Number(position);
}
