/**
 * Makes `src/wire/generated/` from AWS's public service models (the JSON that botocore ships,
 * Apache-2.0): shapes, constraints, bindings and error statuses as tables, and the same shapes as
 * types. Run `npm run generate`; `scripts/generate-wire-tables.test.ts` fails when the committed
 * files differ.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { OPEN_ENUMS } from '../src/wire/open-enums.ts';
import type { Member, OperationModel, ServiceModel, Shape } from '../src/wire/model.ts';
import { NEWER_MEMBERS, type NewerMembers } from './newer-members.ts';

interface RawRef {
  readonly shape: string;
  readonly [trait: string]: unknown;
}
/** A shape as the models write it. */
export interface RawShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, RawRef>>;
  readonly member?: RawRef;
  readonly key?: RawRef;
  readonly value?: RawRef;
  readonly [trait: string]: unknown;
}
interface RawOperation {
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: RawRef;
  readonly output?: RawRef & { readonly resultWrapper?: string };
  readonly errors?: readonly RawRef[];
  readonly authtype?: string;
  readonly auth?: readonly string[];
}
interface RawModel {
  readonly metadata: {
    readonly apiVersion: string;
    readonly protocol: string;
    readonly xmlNamespace?: string;
    readonly targetPrefix?: string;
  };
  readonly operations: Readonly<Record<string, RawOperation>>;
  readonly shapes: Readonly<Record<string, RawShape>>;
}

/** Which operations get a table; of the others only name and binding are kept. */
interface Selection {
  readonly service: ServiceModel['service'];
  readonly directory: string;
  readonly wanted: (operation: string) => boolean;
}

const SELECTIONS: readonly Selection[] = [
  { service: 'sts', directory: 'sts/2011-06-15', wanted: () => true },
  {
    service: 'iam',
    directory: 'iam/2010-05-08',
    // Out of the project's scope: SAML, MFA devices, passwords, certificates, SSH keys, service-specific credentials.
    // Reading what a user has none of has a true answer, which clients ask for before they delete the user.
    wanted: (name) =>
      /^(ListSSHPublicKeys|List(Virtual)?MFADevices|(Get|Delete)LoginProfile|ListSigningCertificates|ListServiceSpecificCredentials)$/.test(
        name,
      ) ||
      !/SAML|MFADevice|LoginProfile|Password|Certificate|SSHPublicKey|ServiceSpecificCredential|ServiceLinkedRole|CredentialReport|OrganizationsAccessReport|OrganizationsRoot|SecurityTokenService|DelegationRequest|HumanReadable|Tenant/.test(
        name,
      ),
  },
  {
    service: 's3',
    directory: 's3/2006-03-01',
    wanted: (name) =>
      !/Analytics|IntelligentTiering|Inventory|Metrics|Metadata|SelectObjectContent|WriteGetObjectResponse|RestoreObject|Torrent|RenameObject|CreateSession|DirectoryBuckets|UpdateObjectEncryption/.test(
        name,
      ),
  },
  {
    service: 'organizations',
    directory: 'organizations/2016-11-28',
    // Out of scope: invitations between installations, billing transfers, delegation and resource policies.
    wanted: (name) =>
      !/Handshake|GovCloud|ResponsibilityTransfer|ResourcePolicy|Invite|InvalidEffectivePolicy|EffectivePolicyValidation|LeaveOrganization|RegisterDelegated|DelegatedServices/.test(
        name,
      ),
  },
  // The event history alone: Sojourn has one audit log, and neither trails nor event data stores.
  { service: 'cloudtrail', directory: 'cloudtrail/2013-11-01', wanted: (name) => name === 'LookupEvents' },
];

const PROTOCOLS: Readonly<Record<string, ServiceModel['protocol']>> = {
  query: 'query',
  'rest-xml': 'rest-xml',
  json: 'json',
};

const SHAPE_TRAITS = [
  'min',
  'max',
  'pattern',
  'enum',
  'sensitive',
  'flattened',
  'timestampFormat',
  'streaming',
  'xmlNamespace',
];
const MEMBER_TRAITS = [
  'location',
  'locationName',
  'flattened',
  'xmlAttribute',
  'xmlNamespace',
  'streaming',
  'timestampFormat',
];

/** File name → contents of everything this script generates, and the version of botocore it came from. */
export interface Generated {
  readonly source: string;
  readonly files: ReadonlyMap<string, string>;
}

/** Reads the models of the installed botocore; throws when there is no python3 with botocore. */
export function generate(): Generated {
  const found = execFileSync(
    'python3',
    ['-c', 'import botocore;print(botocore.__version__);print(botocore.__path__[0])'],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  ).split('\n');
  const source = `botocore ${found[0] ?? ''}`;
  const files = new Map<string, string>();
  for (const selection of SELECTIONS) {
    const path = join(found[1] ?? '', 'data', selection.directory, 'service-2.json.gz');
    const packaged: RawModel = JSON.parse(gunzipSync(readFileSync(path)).toString('utf8'));
    const newer = NEWER_MEMBERS[selection.service];
    const raw = newer === undefined ? packaged : { ...packaged, shapes: withNewerMembers(packaged.shapes, newer) };
    const model = serviceModel(raw, selection, source);
    files.set(`${selection.service}.ts`, tableFile(model));
    files.set(`${selection.service}-types.ts`, typesFile(model));
  }
  return { source, files };
}

/**
 * The shapes of a model with the members that live services take already. Throws where the model has changed under them:
 * a row of `newer-members.ts` is then to be dropped or written anew.
 */
export function withNewerMembers(
  packaged: Readonly<Record<string, RawShape>>,
  { shapes: newerShapes, members: newerMembers }: NewerMembers,
): Readonly<Record<string, RawShape>> {
  for (const name of Object.keys(newerShapes)) {
    if (packaged[name] !== undefined) throw new Error(`the model has the shape ${name} by now`);
  }
  const shapes: Record<string, RawShape> = { ...newerShapes, ...packaged };
  for (const [structure, { after, name, shape }] of Object.entries(newerMembers)) {
    const known = shapes[structure];
    if (known?.members === undefined) throw new Error(`there is no structure ${structure} for ${name}`);
    if (known.members[name] !== undefined) throw new Error(`${structure} has ${name} by now`);
    if (known.members[after] === undefined) throw new Error(`${structure} has no ${after} for ${name} to follow`);
    const members = Object.entries(known.members).flatMap((member) =>
      member[0] === after ? [member, [name, { shape }] as const] : [member],
    );
    shapes[structure] = { ...known, members: Object.fromEntries(members) };
  }
  return shapes;
}

function serviceModel(raw: RawModel, selection: Selection, source: string): ServiceModel {
  const operations: Record<string, OperationModel> = {};
  const others: Record<string, { method: string; requestUri: string }> = {};
  const names = new Set<string>();
  for (const [name, operation] of Object.entries(raw.operations)) {
    if (!selection.wanted(name)) {
      others[name] = { method: operation.http.method, requestUri: operation.http.requestUri };
      continue;
    }
    operations[name] = operationModel(operation);
    for (const ref of [operation.input, operation.output, ...(operation.errors ?? [])]) {
      if (ref) reach(raw, ref.shape, names);
    }
  }
  const shapes: Record<string, Shape> = {};
  for (const name of [...names].sort()) {
    const shape = raw.shapes[name];
    if (shape) shapes[name] = shapeModel(shape);
  }
  return {
    service: selection.service,
    apiVersion: raw.metadata.apiVersion,
    protocol: protocolOf(raw),
    xmlNamespace: xmlNamespaceOf(raw),
    ...(raw.metadata.targetPrefix !== undefined && { targetPrefix: raw.metadata.targetPrefix }),
    source,
    operations,
    others,
    shapes,
  };
}

function protocolOf(raw: RawModel): ServiceModel['protocol'] {
  const protocol = PROTOCOLS[raw.metadata.protocol];
  if (protocol === undefined) throw new Error(`there is no wire for the protocol ${raw.metadata.protocol}`);
  return protocol;
}

/** The S3 model names its namespace on payload members only; JSON has none. */
function xmlNamespaceOf(raw: RawModel): string {
  if (raw.metadata.protocol === 'json') return '';
  return raw.metadata.xmlNamespace ?? 'http://s3.amazonaws.com/doc/2006-03-01/';
}

function operationModel(operation: RawOperation): OperationModel {
  const inputRoot = operation.input?.['locationName'];
  return {
    http: {
      method: operation.http.method,
      requestUri: operation.http.requestUri,
      ...(operation.http.responseCode !== undefined && { responseCode: operation.http.responseCode }),
    },
    ...(operation.input && { input: operation.input.shape }),
    ...(operation.output && { output: operation.output.shape }),
    ...(operation.output?.resultWrapper && { resultWrapper: operation.output.resultWrapper }),
    ...(typeof inputRoot === 'string' && { inputRoot }),
    ...((operation.authtype === 'none' || operation.auth?.includes('smithy.api#noAuth')) && {
      authtype: 'none' as const,
    }),
    errors: (operation.errors ?? []).map((error) => error.shape),
  };
}

function reach(raw: RawModel, name: string, names: Set<string>): void {
  if (names.has(name)) return;
  names.add(name);
  const shape = raw.shapes[name];
  if (!shape) return;
  for (const ref of [...Object.values(shape.members ?? {}), shape.member, shape.key, shape.value]) {
    if (ref) reach(raw, ref.shape, names);
  }
}

function shapeModel(shape: RawShape): Shape {
  const model: Record<string, unknown> = { type: shape.type };
  copyTraits(shape, SHAPE_TRAITS, model);
  if (shape.members) {
    if (shape['required'] !== undefined) model['required'] = shape['required'];
    model['members'] = Object.fromEntries(Object.entries(shape.members).map(([name, ref]) => [name, memberModel(ref)]));
    copyTraits(shape, ['payload', 'exception'], model);
    const error = shape['error'];
    if (typeof error === 'object' && error !== null) {
      model['error'] = Object.fromEntries(
        Object.entries(error).filter(([key]) => key === 'code' || key === 'httpStatusCode'),
      );
    }
  }
  for (const part of ['member', 'key', 'value'] as const) {
    const ref = shape[part];
    if (ref) model[part] = memberModel(ref);
  }
  return model as unknown as Shape;
}

function memberModel(ref: RawRef): Member {
  const model: Record<string, unknown> = { shape: ref.shape };
  copyTraits(ref, MEMBER_TRAITS, model);
  return model as unknown as Member;
}

function copyTraits(
  from: Readonly<Record<string, unknown>>,
  traits: readonly string[],
  to: Record<string, unknown>,
): void {
  for (const trait of traits) if (from[trait] !== undefined) to[trait] = from[trait];
}

const BANNER = '// Generated by scripts/generate-wire-tables.ts from AWS’s public service models; do not edit.\n';

function tableFile(model: ServiceModel): string {
  return `${BANNER}import type { ServiceModel } from '../model.ts';\n\nexport const ${model.service}: ServiceModel = ${JSON.stringify(model, null, 1)};\n`;
}

function typesFile(model: ServiceModel): string {
  const lines = [BANNER];
  const streams = Object.values(model.shapes).some(
    (shape) => shape.type === 'structure' && Object.values(shape.members).some((member) => member.streaming),
  );
  if (streams) lines.push("import type { Body } from '../body.ts';\n");
  lines.push('/** Operation name → what its handler takes and gives. */', 'export interface Operations {');
  for (const [name, operation] of Object.entries(model.operations)) {
    const side = (shape: string | undefined): string => (shape === undefined ? 'Empty' : shape);
    lines.push(
      `  readonly ${name}: { readonly input: ${side(operation.input)}; readonly output: ${side(operation.output)} };`,
    );
  }
  lines.push(
    '}',
    '',
    '/** An input or output without members. */',
    'export type Empty = Readonly<Record<never, never>>;',
    '',
  );
  for (const [name, shape] of Object.entries(model.shapes)) {
    if (shape.type === 'structure') lines.push(...interfaceOf(name, shape, model), '');
    else if (shape.type === 'string' && shape.enum) {
      const values = shape.enum.map((value) => `'${value}'`).join(' | ');
      lines.push(`export type ${name} = ${OPEN_ENUMS.has(name) ? 'string' : values};`, '');
    }
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function interfaceOf(name: string, shape: Extract<Shape, { type: 'structure' }>, model: ServiceModel): string[] {
  const lines = [`export interface ${name} {`];
  const required = new Set(shape.required ?? []);
  for (const [member, ref] of Object.entries(shape.members)) {
    const type = ref.streaming ? 'Body' : typeOf(ref.shape, model);
    const key = /^[A-Za-z_]\w*$/.test(member) ? member : `'${member}'`;
    lines.push(required.has(member) ? `  readonly ${key}: ${type};` : `  readonly ${key}?: ${type} | undefined;`);
  }
  lines.push('}');
  return lines;
}

function typeOf(name: string, model: ServiceModel): string {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`shape ${name} is not in the model`);
  switch (shape.type) {
    case 'structure':
      return name;
    case 'list':
      return `readonly ${wrap(typeOf(shape.member.shape, model))}[]`;
    case 'map':
      return `Readonly<Record<string, ${typeOf(shape.value.shape, model)}>>`;
    case 'string':
      return shape.enum ? name : 'string';
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'timestamp':
      return 'Date';
    case 'blob':
      return 'Uint8Array';
    default:
      shape satisfies never;
      throw new Error(`shape ${name} has a kind that this script does not know`);
  }
}

function wrap(type: string): string {
  return type.startsWith('readonly ') ? `(${type})` : type;
}

if (import.meta.main) {
  const { source, files } = generate();
  const directory = join(import.meta.dirname, '..', 'src', 'wire', 'generated');
  for (const [name, text] of files) writeFileSync(join(directory, name), text);
  console.log(`Wrote ${files.size} files of wire tables from ${source}.`);
}
