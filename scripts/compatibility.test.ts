/** `docs/compatibility.md` names operations that there are, all those of features that S3 has and Sojourn has not, and the state of each of all services. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { absentFeatures } from '../src/services/s3/absent-features.ts';
import { SERVICES, type Service } from '../src/services/service.ts';

interface Row {
  readonly service: string;
  readonly operation: string;
  readonly state: string;
  readonly difference: string;
}

const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'compatibility.md'), 'utf8');
const rows = page.split('\n## ').flatMap((section): readonly Row[] => {
  const [title = '', ...lines] = section.split('\n');
  return lines.flatMap((line) => {
    const [, names = '', state = '', difference = ''] = line.split('|').map((cell) => cell.trim());
    if (!names.startsWith('`')) return [];
    const operations = names.split(', ').map((name) => name.replaceAll('`', ''));
    return operations.map((operation) => ({ service: title.toLowerCase(), operation, state, difference }));
  });
});

test('every row names an operation of its service, its state and what differs', () => {
  assert.ok(rows.length > 60, `${rows.length} rows`);
  for (const { service, operation, state, difference } of rows) {
    const operations = SERVICES.find(({ name }) => name === service)?.operations;
    assert.ok(operations?.has(operation), `${service} has no ${operation}`);
    assert.match(state, /^(partial|refused)$/, operation);
    assert.notEqual(difference, '', operation);
  }
});

test('every service has its section, and every feature that S3 has beyond Sojourn its row', () => {
  for (const { name } of SERVICES)
    assert.ok(
      rows.some(({ service }) => service === name),
      name,
    );
  for (const operation of Object.keys(absentFeatures)) {
    assert.ok(
      rows.some((row) => row.service === 's3' && row.operation === operation),
      operation,
    );
  }
});

test('the list at the end has every operation of every service, in the state that tables and rows give it', () => {
  const [, list = ''] = page.split('\n## Every operation\n');
  assert.equal(list.trim(), SERVICES.map(statesOf).join('\n\n'));
});

/** One section of the list. An operation that is in no table of ours is refused, whatever else the page says. */
function statesOf({ name, model, operations }: Service): string {
  const told = new Map(rows.filter(({ service }) => service === name).map((row) => [row.operation, row.state]));
  const all = [...Object.keys(model.operations), ...Object.keys(model.others)].sort();
  const inState = (wanted: string): string => {
    const names = all.filter((one) => (operations.has(one) ? (told.get(one) ?? 'supported') : 'refused') === wanted);
    return `* **${wanted}** (${names.length}): ${names.join(', ') || 'none'}.`;
  };
  return `### ${name}\n\n${['supported', 'partial', 'refused'].map(inState).join('\n')}`;
}
