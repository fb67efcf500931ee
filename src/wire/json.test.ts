/** JSON 1.1 over every operation of Organizations: what goes in comes out, what is no input is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ServiceError } from '../base/service-error.ts';
import { arbitraryStructure } from './arbitrary-values-suite.ts';
import { organizations } from './generated/organizations.ts';
import { encodeJsonError } from './json-error.ts';
import { decodeJson, findTarget } from './json-request.ts';
import { encodeJson } from './json-response.ts';
import type { OperationModel, ServiceModel } from './model.ts';

const PREFIX = 'AWSOrganizationsV20161128';
const rows = Object.entries(organizations.operations);

/** A model with every kind of shape: Organizations itself has neither maps nor blobs in its inputs. */
const KINDS: ServiceModel = {
  service: 'organizations',
  apiVersion: '1',
  protocol: 'json',
  xmlNamespace: '',
  targetPrefix: 'Kinds',
  source: 'this test',
  operations: { Echo: { http: { method: 'POST', requestUri: '/' }, input: 'Kinds', output: 'Kinds', errors: [] } },
  others: {},
  shapes: {
    Kinds: {
      type: 'structure',
      members: {
        Text: { shape: 'Text' },
        Integer: { shape: 'Integer' },
        Long: { shape: 'Long' },
        Double: { shape: 'Double' },
        Flag: { shape: 'Flag' },
        Time: { shape: 'Time' },
        Bytes: { shape: 'Bytes' },
        List: { shape: 'List' },
        Map: { shape: 'Map' },
        Inner: { shape: 'Kinds' },
      },
    },
    Text: { type: 'string' },
    Integer: { type: 'integer' },
    Long: { type: 'long' },
    Double: { type: 'double' },
    Flag: { type: 'boolean' },
    Time: { type: 'timestamp' },
    Bytes: { type: 'blob' },
    List: { type: 'list', member: { shape: 'Text' } },
    Map: { type: 'map', key: { shape: 'Text' }, value: { shape: 'Integer' } },
  },
};

function decode(model: ServiceModel, operation: OperationModel | undefined, body: string | Uint8Array) {
  assert.ok(operation !== undefined);
  return decodeJson(model, operation, typeof body === 'string' ? Buffer.from(body) : body);
}

function echo(body: string | Uint8Array) {
  return decode(KINDS, KINDS.operations['Echo'], body);
}

function refused(run: () => unknown, message: string): void {
  assert.throws(run, (error: unknown) => {
    assert.ok(error instanceof ServiceError);
    assert.deepEqual([error.code, error.status, error.message], ['SerializationException', 400, message]);
    return true;
  });
}

test('what a client sends of every operation is what the handler gets', () => {
  for (const [name, row] of rows) {
    const values = row.input === undefined ? fc.constant({}) : arbitraryStructure(organizations, row.input);
    fc.assert(
      fc.property(values, (value) => {
        const { operation } = findTarget(organizations, `${PREFIX}.${name}`);
        assert.deepEqual(decode(organizations, operation, JSON.stringify(value)), value);
      }),
      { numRuns: 20 },
    );
  }
});

test('the answer of every operation has the members of the model, times as seconds', () => {
  for (const [name, { output }] of rows) {
    const values = output === undefined ? fc.constant({}) : arbitraryStructure(organizations, output);
    fc.assert(
      fc.property(values, (value) => {
        const expected = JSON.parse(JSON.stringify(value, secondsOfDates));
        assert.deepEqual(JSON.parse(encodeJson(organizations, name, value)), expected);
      }),
      { numRuns: 20 },
    );
  }
});

/** `JSON.stringify` has made an ISO text of a date before its replacer sees the value. */
function secondsOfDates(this: unknown, key: string, text: unknown): unknown {
  const value: unknown = typeof this === 'object' && this !== null ? Reflect.get(this, key) : text;
  return value instanceof Date ? value.getTime() / 1000 : text;
}

test('every kind of value comes back as it went', () => {
  const value = {
    Text: 'é\u{1F600}"\\\n',
    Integer: -(2 ** 31),
    Long: Number.MAX_SAFE_INTEGER - 1,
    Double: 1.5e-7,
    Flag: false,
    Time: new Date(1_789_127_306_250),
    Bytes: Buffer.from([0, 255]),
    List: ['', 'a'],
    Map: { constructor: 1, toString: 2 },
    Inner: { Text: '' },
  };
  assert.deepEqual(echo(encodeJson(KINDS, 'Echo', value)), value);
});

test('null is absence, unknown members are ignored, an empty body has no members', () => {
  assert.deepEqual(echo('{"Text":null,"Else":1,"text":"x","List":["a",null],"__proto__":{"Text":"x"}}'), {
    List: ['a'],
  });
  assert.deepEqual(echo(''), {});
  assert.deepEqual(echo('{}'), {});
});

test('what is no JSON object is refused without a word of it', () => {
  for (const body of [
    '{',
    '[]',
    '1',
    'null',
    '"a"',
    "{'Text':1}",
    '{"Text":"a"} x',
    '\ufeff{',
    `${'['.repeat(100_000)}`,
  ]) {
    refused(() => echo(body), '');
  }
  refused(() => echo(Uint8Array.of(0x7b, 0xff, 0x7d)), '');
});

test('a value of the wrong kind is refused by its kind, in the words of AWS’s reader', () => {
  const list = 'Start of list found where not expected';
  const structure = 'Start of structure or map found where not expected.';
  const cases: readonly (readonly [string, string])[] = [
    ['{"Text":1}', 'NUMBER_VALUE cannot be converted to String'],
    ['{"Text":true}', 'TRUE_VALUE cannot be converted to String'],
    ['{"Text":[]}', list],
    ['{"Text":{}}', structure],
    ['{"Integer":"1"}', 'STRING_VALUE cannot be converted to Integer'],
    ['{"Integer":1.5}', 'NUMBER_VALUE cannot be converted to Integer'],
    ['{"Integer":2147483648}', 'NUMBER_VALUE cannot be converted to Integer'],
    ['{"Long":1e300}', 'NUMBER_VALUE cannot be converted to Long'],
    ['{"Double":"1"}', 'STRING_VALUE cannot be converted to Double'],
    ['{"Flag":"true"}', 'STRING_VALUE cannot be converted to Boolean'],
    ['{"Time":"2026-09-11"}', 'STRING_VALUE cannot be converted to Timestamp'],
    ['{"Time":1e300}', 'NUMBER_VALUE cannot be converted to Timestamp'],
    ['{"Bytes":1}', 'NUMBER_VALUE cannot be converted to Blob'],
    ['{"List":{}}', structure],
    ['{"List":"a"}', 'Expected list or null'],
    ['{"List":[1]}', 'NUMBER_VALUE cannot be converted to String'],
    ['{"Map":[]}', list],
    ['{"Map":1}', 'Expected null'],
    ['{"Map":{"a":"b"}}', 'STRING_VALUE cannot be converted to Integer'],
    ['{"Inner":[]}', list],
    ['{"Inner":{"Inner":{"Text":1}}}', 'NUMBER_VALUE cannot be converted to String'],
  ];
  for (const [body, message] of cases) refused(() => echo(body), message);
  refused(() => echo(JSON.stringify({ List: Array.from({ length: 5_001 }, () => 'a') })), '');
  assert.deepEqual(echo('{"List":["a"],"Integer":2147483647}'), { List: ['a'], Integer: 2_147_483_647 });
});

test('any bytes are read or refused, and nothing else happens', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc.json().map((text) => Buffer.from(text)),
      ),
      (body) => {
        try {
          echo(body);
        } catch (error) {
          assert.ok(error instanceof ServiceError, String(error));
          assert.equal(error.code, 'SerializationException');
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('X-Amz-Target names an operation with a table, one without, or none', () => {
  assert.equal(findTarget(organizations, `${PREFIX}.ListRoots`).operation, organizations.operations['ListRoots']);
  assert.deepEqual(findTarget(organizations, `${PREFIX}.AcceptHandshake`), {
    name: 'AcceptHandshake',
    operation: undefined,
  });
  for (const target of [
    undefined,
    '',
    'ListRoots',
    `${PREFIX}.`,
    `${PREFIX}.listRoots`,
    `${PREFIX}.constructor`,
    'X.ListRoots',
  ]) {
    assert.throws(() => findTarget(organizations, target), { code: 'UnknownOperationException', status: 400 });
  }
});

test('refusals name their type, their reason, and the codes that JSON services use', () => {
  const encoded = (code: string, status: number, details: Readonly<Record<string, string>> = {}, message = 'm') => {
    const { body, ...rest } = encodeJsonError(new ServiceError(code, status, message, { details }), organizations);
    return { ...rest, body: JSON.parse(body) };
  };
  assert.deepEqual(encoded('ConstraintViolationException', 400, { Reason: 'WAIT_PERIOD_ACTIVE' }), {
    status: 400,
    body: { __type: 'ConstraintViolationException', Message: 'm', Reason: 'WAIT_PERIOD_ACTIVE' },
  });
  assert.deepEqual(encoded('AccessDenied', 403), {
    status: 400,
    body: { __type: 'AccessDeniedException', Message: 'm' },
  });
  assert.deepEqual(encoded('InvalidClientTokenId', 403).body, { __type: 'UnrecognizedClientException', message: 'm' });
  assert.deepEqual(encoded('UnknownOperationException', 400, {}, '').body, { __type: 'UnknownOperationException' });
  assert.equal(encoded('InternalFailure', 500).status, 500);
});

test('a handler’s output of the wrong kind is a bug, not an answer', () => {
  for (const output of [
    { Text: 1 },
    { Integer: '1' },
    { Time: 1 },
    { Bytes: 'a' },
    { List: 'a' },
    { Map: 1 },
    { Inner: 1 },
  ]) {
    assert.throws(() => encodeJson(KINDS, 'Echo', output), TypeError);
  }
});
