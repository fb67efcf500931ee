/** A call out of the audit log, by its request id: what was asked, what was answered, and why. */
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { renderExplanation, type Explanation } from '../../analysis/explain.ts';
import { flag, option, type ExitCode, type Invocation } from '../command.ts';

/** Prints the call. Exit code 0 when it had succeeded, 1 when it was refused or is not in the log. */
export async function explainRecordedCall(requestId: string, call: Invocation): Promise<ExitCode> {
  const data = option(call, 'data') ?? call.env['SOJOURN_DATA'] ?? '.sojourn';
  const path = call.env['SOJOURN_AUDIT_LOG'] ?? join(data, 'audit.jsonl');
  if (!existsSync(path)) {
    call.err(`sojourn explain: there is no audit log ${path}: name the data directory with --data.`);
    return 2;
  }
  const event = await findEvent(path, requestId);
  if (event === undefined) {
    call.err(`sojourn explain: ${path} has no call with the request id ${requestId}.`);
    return 1;
  }
  call.out(flag(call, 'json') ? JSON.stringify(event, null, 2) : rendered(event));
  return event['errorCode'] === undefined ? 0 : 1;
}

async function findEvent(path: string, requestId: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const quoted = JSON.stringify(requestId);
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (!line.includes(quoted)) continue;
    const event: unknown = JSON.parse(line);
    if (isRecord(event) && event['requestID'] === requestId) return event;
  }
  return undefined;
}

function rendered(event: Readonly<Record<string, unknown>>): string {
  const error = event['errorCode'];
  const lines = [
    `${text(event['eventName'])} at ${text(event['eventTime'])}: ${error === undefined ? 'allowed' : `${text(error)}: ${text(event['errorMessage'])}`}`,
  ];
  const { sojourn } = event;
  if (!isRecord(sojourn)) return lines.join('\n');
  if (typeof sojourn['detail'] === 'string') lines.push(`Why: ${sojourn['detail']}.`);
  const decisions: readonly unknown[] = Array.isArray(sojourn['decisions']) ? sojourn['decisions'] : [];
  for (const decision of decisions) {
    if (!isRecord(decision)) continue;
    const { explanation } = decision;
    if (isExplanation(explanation)) lines.push('', renderExplanation(explanation).trimEnd());
    else lines.push(`${text(decision['action'])} was allowed by ${text(decision['by'])}.`);
  }
  return lines.join('\n');
}

/** The log is Sojourn's own: an explanation there is one that this or an earlier version wrote. */
function isExplanation(value: unknown): value is Explanation {
  return isRecord(value) && typeof value['summary'] === 'string' && Array.isArray(value['nearMisses']);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : 'unknown';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
