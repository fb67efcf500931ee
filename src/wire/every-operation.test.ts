/** Walks every operation of the three tables: values of its shapes go out and come back. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arbitraryStructure } from './arbitrary-values-suite.ts';
import { parseForm } from './form.ts';
import { iam } from './generated/iam.ts';
import { s3 } from './generated/s3.ts';
import { sts } from './generated/sts.ts';
import type { Member, ServiceModel } from './model.ts';
import { decodeQuery } from './query-request.ts';
import { encodeQuery } from './query-response.ts';
import { decodeRest } from './rest-request.ts';
import { encodeRest } from './rest-response.ts';
import { makeS3Router } from './rest-route.ts';
import { S3_ROOT_ELEMENTS } from './s3-root-elements.ts';
import { shapeOf, structureOf } from './shape-of.ts';
import { parseTree, printTree, tree, treesOf } from './xml-tree-suite.ts';
import type { Tree } from './xml-tree-suite.ts';

/** Values tried of each of the about 200 operations, each way. */
const NUM_RUNS = 12;

const rows = (model: ServiceModel) => Object.entries(model.operations);

test('Query: what a client sends of every operation is what the handler gets', () => {
  for (const model of [sts, iam]) {
    for (const [action, { input }] of rows(model)) {
      const values = input === undefined ? fc.constant({}) : arbitraryStructure(model, input);
      fc.assert(
        fc.property(values, (value) => {
          const pairs = [['Action', action], ['Version', model.apiVersion], ...queryPairs(model, input, value)];
          const call = decodeQuery(model, parseForm(new URLSearchParams(pairs).toString()));
          assert.deepEqual(call, { action, version: model.apiVersion, input: value });
        }),
        { numRuns: NUM_RUNS },
      );
    }
  }
});

/** The tree with the children of each element by their names; those of one name stay in order. */
function byName(found: Tree): Tree {
  if (typeof found.children === 'string') return found;
  const children = found.children.map(byName).toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return { ...found, children };
}

test('Query: the answer of every operation has the names and nesting of the model', () => {
  for (const model of [sts, iam]) {
    for (const [action, { output, resultWrapper }] of rows(model)) {
      const values = output === undefined ? fc.constant({}) : arbitraryStructure(model, output);
      fc.assert(
        fc.property(values, (value) => {
          const result = output === undefined ? [] : [tree(model, resultWrapper ?? '', treesOf(model, output, value))];
          const metadata = tree(model, 'ResponseMetadata', [tree(model, 'RequestId', 'id')]);
          const expected = tree(model, `${action}Response`, [...result, metadata]);
          // The order of members is live STS's and IAM's, held by query-response.test.ts.
          assert.deepEqual(byName(parseTree(encodeQuery(model, action, value, 'id'))), byName(expected));
        }),
        { numRuns: NUM_RUNS },
      );
    }
  }
});

test('REST: what a client sends of every operation is routed to it and is what the handler gets', () => {
  const route = makeS3Router(s3, ['s3.localhost']);
  for (const [operation, { http, input }] of rows(s3)) {
    // Old names of one binding, with two members of one element name: they are never routed to.
    if (input === undefined || /^(Get|Put)Bucket(Lifecycle|Notification)$/.test(operation)) continue;
    fc.assert(
      fc.property(arbitraryStructure(s3, input), fc.boolean(), (value, virtualHost) => {
        const sent = restRequest(operation, value);
        const path = virtualHost ? sent.path.replace(/^\/a-bucket\/?/, '/') : sent.path;
        const host = virtualHost && sent.path !== '/' ? 'a-bucket.s3.localhost:1' : '127.0.0.1:1';
        const { query, headers } = sent;
        const { operation: found, known, ...address } = route({ method: http.method, path, host, query, headers });
        assert.equal(found, operation);
        assert.ok(known);
        assert.deepEqual(decodeRest(s3, operation, { ...address, query, headers, payload: sent.payload }), value);
      }),
      { numRuns: NUM_RUNS },
    );
  }
});

test('REST: the answer of every operation has the names and nesting of the model', () => {
  for (const [operation, { http, output }] of rows(s3)) {
    // Its root is the value itself: tested where it is written.
    if (output === undefined || operation === 'GetBucketLocation') continue;
    fc.assert(
      fc.property(arbitraryStructure(s3, output), (value) => {
        const answer = encodeRest(s3, operation, value);
        assert.equal(answer.status, http.responseCode ?? 200);
        const names = answer.headers.map(([name]) => name).filter((name) => name !== 'content-type');
        assert.deepEqual(new Set(names), headerNames(output, value));
        const expected = expectedBody(operation, output, value);
        if (typeof expected !== 'object') assert.equal(answer.body, expected);
        else assert.deepEqual(parseTree(String(answer.body)), expected);
      }),
      { numRuns: NUM_RUNS },
    );
  }
});

/** A structure as the parameters of a form. */
function queryPairs(model: ServiceModel, shapeName: string | undefined, value: object): string[][] {
  if (shapeName === undefined) return [];
  return Object.entries(structureOf(model, shapeName).members).flatMap(([name, member]) =>
    memberPairs(model, member, member.locationName ?? name, Reflect.get(value, name)),
  );
}

function memberPairs(model: ServiceModel, member: Member, name: string, value: unknown): string[][] {
  const shape = shapeOf(model, member.shape);
  if (value === undefined) return [];
  if (Array.isArray(value) && shape.type === 'list') {
    return value.flatMap((item: unknown, index) =>
      memberPairs(model, shape.member, `${name}.member.${index + 1}`, item),
    );
  }
  if (value instanceof Date) return [[name, value.toISOString()]];
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  return queryPairs(model, member.shape, value).map(([part = '', text = '']) => [`${name}.${part}`, text]);
}

interface SentRequest {
  readonly path: string;
  readonly query: Map<string, string>;
  readonly headers: Record<string, string>;
  readonly payload: Uint8Array | undefined;
}

/** An S3 input as a client sends it, path style. */
function restRequest(operation: string, value: object): SentRequest {
  const row = s3.operations[operation];
  const shape = structureOf(s3, row?.input ?? '');
  const [template = '', markers = ''] = (row?.http.requestUri ?? '').split('?');
  const query = new Map(new URLSearchParams(markers));
  const headers: Record<string, string> = {};
  let path = template;
  let payload: Uint8Array | undefined;
  for (const [name, member] of Object.entries(shape.members)) {
    const part: unknown = Reflect.get(value, name);
    if (part === undefined) continue;
    const wireName = member.locationName ?? name;
    if (name === shape.payload) payload = Buffer.from(payloadText(member, part));
    else if (member.location === 'uri')
      path = path.replace(new RegExp(`\\{${wireName}\\+?\\}`), () => pathOf(String(part)));
    else if (member.location === 'querystring') query.set(wireName, scalar(member, part));
    else if (member.location === 'headers') {
      for (const [key, text] of Object.entries(Object(part))) headers[(wireName + key).toLowerCase()] = String(text);
    } else headers[wireName.toLowerCase()] = scalar(member, part);
  }
  return { path, query, headers, payload };
}

/** Slashes and dots stay, as SDKs leave them. */
function pathOf(key: string): string {
  return encodeURIComponent(key).replaceAll('%2F', '/');
}

function payloadText(member: Member, value: unknown): string {
  if (typeof value === 'string') return value;
  const children = treesOf(s3, member.shape, Object(value));
  return printTree(tree(s3, member.locationName ?? member.shape, children), s3.xmlNamespace);
}

function scalar(member: Member, value: unknown): string {
  const shape = shapeOf(s3, member.shape);
  if (!(value instanceof Date)) return Array.isArray(value) ? value.join(',') : String(value);
  const iso = shape.type === 'timestamp' && shape.timestampFormat === 'iso8601';
  return iso ? value.toISOString() : value.toUTCString();
}

function headerNames(output: string, value: object): ReadonlySet<string> {
  const shape = structureOf(s3, output);
  const names = new Set<string>();
  for (const [name, member] of Object.entries(shape.members)) {
    const part: unknown = Reflect.get(value, name);
    if (part === undefined) continue;
    if (member.location === 'header') names.add(member.locationName ?? name);
    if (member.location === 'headers') for (const key of Object.keys(Object(part))) names.add(`x-amz-meta-${key}`);
  }
  return names;
}

/** The document that the answer's body must be, or the text; undefined for none. */
function expectedBody(operation: string, output: string, value: object): Tree | string | undefined {
  const shape = structureOf(s3, output);
  if (s3.operations[operation]?.http.method === 'HEAD') return undefined;
  const member = shape.payload === undefined ? undefined : shape.members[shape.payload];
  if (member === undefined) {
    const root = S3_ROOT_ELEMENTS.get(operation);
    return root === undefined ? undefined : tree(s3, root, treesOf(s3, output, value));
  }
  const payload: unknown = Reflect.get(value, shape.payload ?? '');
  if (typeof payload !== 'object' || payload === null) return typeof payload === 'string' ? payload : undefined;
  return tree(s3, member.locationName ?? member.shape, treesOf(s3, member.shape, payload));
}

test('every operation with members in its body has a root element, and no other has', () => {
  for (const [operation, { http, output }] of rows(s3)) {
    const shape = output === undefined ? undefined : structureOf(s3, output);
    const inBody = Object.values(shape?.members ?? {}).some(({ location }) => location === undefined);
    const isDocument = inBody && shape?.payload === undefined && http.method !== 'HEAD';
    assert.equal(S3_ROOT_ELEMENTS.has(operation), isDocument, operation);
  }
});
