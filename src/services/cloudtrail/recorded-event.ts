/** A line of the audit log as LookupEvents answers it. Lines are our own, but older versions wrote some of them. */
import type { Event, LookupAttribute, Resource } from '../../wire/generated/cloudtrail-types.ts';
import { isRecord, textOf, type Json } from './json-value.ts';
import { resourcesOf } from './event-resources.ts';

/** An event with what the lookup compares. */
export interface RecordedEvent {
  readonly event: Event;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Whose event history it belongs to. */
  readonly account: string;
  /** False for data events, which the history leaves out. */
  readonly management: boolean;
}

/** Undefined for a line that is no event. */
export function readRecordedEvent(line: string): RecordedEvent | undefined {
  const json = parse(line);
  const time = Date.parse(textOf(json, 'eventTime') ?? '');
  const account = textOf(json, 'recipientAccountId');
  if (json === undefined || Number.isNaN(time) || account === undefined) return undefined;
  const identity = isRecord(json['userIdentity']) ? json['userIdentity'] : {};
  return {
    time,
    account,
    management: json['managementEvent'] !== false,
    event: {
      EventId: textOf(json, 'eventID'),
      EventName: textOf(json, 'eventName'),
      ReadOnly: json['readOnly'] === true ? 'true' : 'false',
      AccessKeyId: textOf(identity, 'accessKeyId'),
      EventTime: new Date(time),
      EventSource: textOf(json, 'eventSource'),
      Username: userName(identity),
      Resources: resourcesOf(json),
      CloudTrailEvent: line,
    },
  };
}

/** Whether an event has what one lookup attribute asks for. */
export function hasAttribute({ event }: RecordedEvent, { AttributeKey, AttributeValue }: LookupAttribute): boolean {
  switch (AttributeKey) {
    case 'EventId':
    case 'EventName':
    case 'ReadOnly':
    case 'EventSource':
    case 'AccessKeyId':
    case 'Username':
      return event[AttributeKey] === AttributeValue;
    case 'ResourceType':
      return someResource(event, ({ ResourceType }) => ResourceType === AttributeValue);
    case 'ResourceName':
      return someResource(event, ({ ResourceName }) => ResourceName === AttributeValue);
    default:
      return AttributeKey satisfies never;
  }
}

function someResource(event: Event, is: (resource: Resource) => boolean): boolean {
  return (event.Resources ?? []).some(is);
}

/** CloudTrail's `Username`: of a role its session's name, of the root user `root`. */
function userName(identity: Json): string | undefined {
  const type = textOf(identity, 'type');
  if (type === 'Root') return 'root';
  if (type === 'AssumedRole' || type === 'FederatedUser') {
    const principalId = textOf(identity, 'principalId') ?? '';
    return principalId.slice(principalId.indexOf(':') + 1);
  }
  return textOf(identity, 'userName');
}

function parse(line: string): Json | undefined {
  try {
    const json: unknown = JSON.parse(line);
    return isRecord(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
