import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { auditNotes } from '../../federation/audit-notes.ts';
import type { AuditTrail } from '../../federation/audit-trail.ts';
import type { LookupEventsRequest, LookupEventsResponse } from '../../wire/generated/cloudtrail-types.ts';
import { ACCOUNT, NOW, openIam, ROOT } from '../iam/iam-suite.ts';
import type { Call } from '../operation.ts';
import { lookupEvents } from './lookup-events.ts';

interface History {
  readonly ask: (input: LookupEventsRequest) => Promise<LookupEventsResponse>;
  /** Bytes of the lines that were handed out so far. */
  readonly bytesRead: () => number;
}

/** @param lines oldest first */
async function historyOf(t: TestContext, lines: readonly string[]): Promise<History> {
  const { sojourn } = await openIam(t);
  const read = { bytes: 0 };
  const starts = lines.map(() => 0);
  lines.forEach((line, index) => (starts[index + 1] = (starts[index] ?? 0) + Buffer.byteLength(line) + 1));
  const auditTrail: AuditTrail = {
    backwards: async function* (before = Number.POSITIVE_INFINITY) {
      for (let index = lines.length - 1; index >= 0; index--) {
        const [position = 0, text = ''] = [starts[index], lines[index]];
        if (position >= before) continue;
        read.bytes += text.length;
        yield { position, text };
      }
    },
  };
  const call: Call = {
    caller: ROOT,
    account: ACCOUNT,
    region: 'us-east-1',
    requestId: 'r',
    now: NOW,
    http: { method: 'POST', headers: {}, query: new Map(), sourceIp: '', secure: false, trailers: new Map() },
    sojourn: { ...sojourn, auditTrail },
    notes: auditNotes(),
    reply: { headers: {} },
  };
  return { ask: (input) => lookupEvents.handle(input, call), bytesRead: () => read.bytes };
}

function line(id: string, time: number, more: object = {}): string {
  const eventTime = new Date(time).toISOString();
  return JSON.stringify({ eventID: id, eventTime, eventName: 'GetRole', recipientAccountId: ACCOUNT, ...more });
}

function ids({ Events = [] }: LookupEventsResponse): readonly (string | undefined)[] {
  return Events.map(({ EventId }) => EventId);
}

test('events of other accounts, data events and lines that are none are left out', async (t) => {
  const { ask } = await historyOf(t, [
    line('mine', NOW),
    line('foreign', NOW, { recipientAccountId: '999999999999', userIdentity: { accountId: ACCOUNT } }),
    line('data', NOW, { managementEvent: false }),
    `not JSON ${ACCOUNT}`,
  ]);
  const answer = await ask({});
  assert.deepEqual([ids(answer), answer.NextToken], [['mine'], undefined]);
});

test('a page ends where it is full, and the next begins there', async (t) => {
  const { ask } = await historyOf(
    t,
    ['1', '2', '3', '4', '5'].map((id) => line(id, NOW)),
  );
  const first = await ask({ MaxResults: 2 });
  const second = await ask({ MaxResults: 2, NextToken: first.NextToken });
  const third = await ask({ MaxResults: 2, NextToken: second.NextToken });
  assert.deepEqual([ids(first), ids(second), ids(third)], [['5', '4'], ['3', '2'], ['1']]);
  assert.equal(third.NextToken, undefined);
});

test('one call reads a bounded part of the log: a page can be empty and have a next one', async (t) => {
  const other = line('other', NOW, { eventName: 'x'.repeat(1_000_000) });
  const { ask, bytesRead } = await historyOf(t, [line('wanted', NOW), ...Array.from({ length: 40 }, () => other)]);
  const LookupAttributes = [{ AttributeKey: 'EventId', AttributeValue: 'wanted' }] as const;
  let answer = await ask({ LookupAttributes });
  assert.deepEqual(ids(answer), []);
  assert.ok(bytesRead() < 20_000_000, `${bytesRead()} bytes`);
  let calls = 1;
  for (; answer.NextToken !== undefined && ids(answer).length === 0; calls++) {
    answer = await ask({ LookupAttributes, NextToken: answer.NextToken });
  }
  assert.deepEqual([ids(answer), calls], [['wanted'], 3]);
});

test('the search ends at the start time, but not at an event that was written a little late', async (t) => {
  const hour = 3_600_000;
  const { ask, bytesRead } = await historyOf(t, [
    line('ancient', NOW - 100 * hour, { eventName: 'y'.repeat(1000) }),
    line('old', NOW - 50 * hour),
    line('wanted', NOW),
    line('late', NOW - hour / 2),
  ]);
  assert.deepEqual(ids(await ask({ StartTime: new Date(NOW - hour / 4) })), ['wanted']);
  assert.ok(bytesRead() < 1000, 'what is older than the first too old event is not read');
});
