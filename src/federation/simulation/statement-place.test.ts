import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePolicy } from '../../policy/parse.ts';
import { statementPlaces, type StatementPlace } from './statement-place.ts';

function places(text: string): readonly StatementPlace[] {
  const parsed = parsePolicy(text);
  assert.equal(parsed.kind, 'policy');
  return parsed.kind === 'policy' ? parsed.policy.statements.map(statementPlaces(text)) : [];
}

function place(startLine: number, startColumn: number, endLine: number, endColumn: number): StatementPlace {
  return { start: { line: startLine, column: startColumn }, end: { line: endLine, column: endColumn } };
}

test('a statement that is no list starts after its brace (aws CLI example of simulate-custom-policy)', () => {
  const text =
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}';
  assert.deepEqual(places(text), [place(1, 38, 1, 167)]);
});

test('the first of a list starts after the bracket, however far away its brace is (recorded for AdministratorAccess)', () => {
  const statement = '    {\n      "Effect": "Allow",\n      "Action": "*",\n      "Resource": "*"\n    }';
  const text = `{\n  "Version": "2012-10-17",\n  "Statement": [\n${statement}\n  ]\n}`;
  assert.deepEqual(places(text), [place(3, 17, 8, 6)]);
});

test('a later one starts where the one before it ends (recorded for a bucket policy of two statements)', () => {
  const one =
    '{"Sid":"DenyInsecureTransport","Effect":"Deny","Principal":"*","Action":"*","Resource":["arn:aws:s3:::tims-fancy-bucket/*","arn:aws:s3:::tims-fancy-bucket"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}';
  const two =
    '{"Sid":"DenyTimDelete","Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::tims-fancy-bucket/*","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::112233445566:role/tims-test-role"}}}';
  const text = `{"Version":"2012-10-17","Statement":[${one},${two}]}`;
  assert.deepEqual(places(text), [place(1, 38, 1, 248), place(1, 248, 1, 470)]);
});

test('between statements on lines of their own the start is the end before, its line and column', () => {
  const one = '{"Effect":"Allow","Action":"s3:*","Resource":"*"}';
  const text = `{"Statement":[\n  ${one}\n  ,\n  ${one}\n]}`;
  assert.deepEqual(places(text), [place(1, 15, 2, 3 + one.length), place(2, 3 + one.length, 4, 3 + one.length)]);
});

test('a line ends with LF, CRLF or a CR alone', () => {
  const lines = ['{', '  "Statement": [', '    {"Effect":"Allow","Action":"*","Resource":"*"}', '  ]', '}'];
  for (const end of ['\n', '\r\n', '\r'])
    assert.deepEqual(places(lines.join(end)), [place(2, 17, 3, 51)], JSON.stringify(end));
});

test('a place takes no longer to find far down in a document', () => {
  const statement = '{"Effect":"Allow","Action":"*","Resource":"*"}';
  const timeOf = (count: number): number => {
    const text = `{"Statement":[${Array.from({ length: count }, () => statement).join(',\n')}]}`;
    const parsed = parsePolicy(text);
    assert.equal(parsed.kind, 'policy');
    const { statements } = parsed.kind === 'policy' ? parsed.policy : { statements: [] };
    const begin = performance.now();
    const last = statements.map(statementPlaces(text)).at(-1);
    assert.deepEqual(last?.end, { line: count, column: 1 + statement.length });
    return performance.now() - begin;
  };
  timeOf(100);
  // From the start of the document for each of them it was more than a second.
  assert.ok(timeOf(2700) < 200);
});
