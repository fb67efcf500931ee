/**
 * The condition keys that each operation gives to policies, found by asking: a Sojourn of its own, with
 * one of everything in it, is asked what a call with every member sent needs permission for.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { iamArn, isAccountId } from '../../src/base/arn.ts';
import { buildSojourn } from '../../src/cli/build-sojourn.ts';
import { openDataDirectory } from '../../src/cli/data-directory.ts';
import { readSettings } from '../../src/cli/read-settings.ts';
import { auditNotes } from '../../src/federation/audit-notes.ts';
import type { Sojourn } from '../../src/federation/sojourn.ts';
import type { Call } from '../../src/services/operation.ts';
import { createOrganization } from '../../src/services/organizations/create-organization.ts';
import { createOrganizationalUnit } from '../../src/services/organizations/create-organizational-unit.ts';
import { createPolicy } from '../../src/services/organizations/create-policy.ts';
import { listRoots } from '../../src/services/organizations/list-roots.ts';
import { IAM, ORGANIZATIONS, S3, type Service } from '../../src/services/service.ts';
import type { ServiceModel } from '../../src/wire/model.ts';
import { structureOf } from '../../src/wire/shape-of.ts';
import { ACCOUNT, sampleInput, TAG_KEY } from './sample-input.ts';

/** What is made before anything is asked, so that keys of what exists are there too. */
const SEEDS: readonly (readonly [Service, readonly string[]])[] = [
  [
    IAM,
    ['CreateRole', 'CreateUser', 'CreateGroup', 'CreatePolicy', 'CreateInstanceProfile', 'CreateOpenIDConnectProvider'],
  ],
  [S3, ['CreateBucket', 'PutObject']],
];

/**
 * `{service} {operation}` → its condition keys, sorted, beyond those that every request has; tag keys
 * read `aws:RequestTag/${TagKey}`. Operations that decide for themselves are not among them.
 */
export async function operationConditionKeys(
  services: readonly Service[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const directory = mkdtempSync(join(tmpdir(), 'sojourn-reference-'));
  const { sojourn, close } = await openSample(directory);
  try {
    const call = sampleCall(sojourn);
    for (const [service, names] of SEEDS) {
      for (const name of names) await service.operations.get(name)?.handle(seedInput(service, name), call);
    }
    const ids = await seedOrganization(call);
    const found = new Map<string, readonly string[]>();
    for (const service of services) {
      for (const [name, { permission }] of service.operations) {
        if (permission.kind !== 'actions') continue;
        const input = { ...sampleInput(service.model, name), ...(service === ORGANIZATIONS && ids) };
        const http = { ...call.http, ...sentMembers(service.model, name, input) };
        const requirements = await permission.requirements(input, { ...call, http });
        const keys = requirements.flatMap(({ context }) => Object.keys(context ?? {}));
        found.set(`${service.name} ${name}`, [...new Set(keys.map(generalKey))].sort());
      }
    }
    return found;
  } finally {
    await close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Objects are stored without headers that Sojourn refuses: a name, a body and tags. */
function seedInput(service: Service, name: string): unknown {
  const input = sampleInput(service.model, name);
  if (service !== S3) return input;
  const { Bucket, Key, Tagging } = input;
  return { Bucket, Key, Tagging, ContentLength: 0, Body: (async function* () {})() };
}

/** An organization with a tagged unit and a tagged policy: member name → id. */
async function seedOrganization(call: Call): Promise<Readonly<Record<string, string>>> {
  await createOrganization.handle({ FeatureSet: 'ALL' }, call);
  const [root] = (await listRoots.handle({}, call)).Roots ?? [];
  const Tags = [{ Key: TAG_KEY, Value: 'value' }];
  const unit = await createOrganizationalUnit.handle({ ParentId: root?.Id ?? '', Name: 'sample', Tags }, call);
  const Content = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}';
  const policy = await createPolicy.handle(
    { Content, Name: 'sample', Description: '', Type: 'SERVICE_CONTROL_POLICY', Tags },
    call,
  );
  const node = unit.OrganizationalUnit?.Id ?? '';
  const names = ['ParentId', 'SourceParentId', 'DestinationParentId', 'ChildId', 'AccountId', 'OrganizationalUnitId'];
  return {
    ...Object.fromEntries([...names, 'ResourceId', 'TargetId'].map((name) => [name, node])),
    RootId: root?.Id ?? '',
    PolicyId: policy.Policy?.PolicySummary?.Id ?? '',
  };
}

/** Headers and query parameters in which the table has members of the input. */
function sentMembers(
  model: ServiceModel,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Pick<Call['http'], 'headers' | 'query'> {
  const shape = model.operations[operation]?.input;
  const members = shape === undefined ? [] : Object.entries(structureOf(model, shape).members);
  const at = (location: string): [string, string][] =>
    members
      .filter(([name, member]) => member.location === location && input[name] !== undefined)
      .map(([name, { locationName }]) => [locationName ?? name, String(input[name])]);
  const headers = at('header').map(([name, value]) => [name.toLowerCase(), value]);
  return { headers: Object.fromEntries(headers), query: new Map(at('querystring')) };
}

function generalKey(key: string): string {
  return key.replace(`/${TAG_KEY}`, '/${TagKey}');
}

async function openSample(data: string): ReturnType<typeof buildSojourn> {
  const answer = readSettings({ flags: { data: [data] }, env: {}, config: undefined, readFile: () => '' });
  if (answer.kind === 'problems') throw new Error(answer.problems.join('\n'));
  const issuerKeys = {
    keysOf: () => ({ kind: 'unavailable', why: 'the reference asks no issuer' }) as const,
    thumbprintOf: async () => ({ kind: 'unavailable', why: 'the reference asks no issuer' }) as const,
  };
  return buildSojourn(answer.settings, openDataDirectory(data), issuerKeys, () => 'http://127.0.0.1:4566');
}

function sampleCall(sojourn: Sojourn): Call {
  if (!isAccountId(ACCOUNT)) throw new TypeError(`${ACCOUNT} is no account`);
  return {
    caller: {
      kind: 'root',
      account: ACCOUNT,
      arn: iamArn(ACCOUNT, 'root'),
      accessKeyId: sojourn.rootAccessKey.accessKeyId,
      session: undefined,
    },
    account: ACCOUNT,
    region: 'us-east-1',
    requestId: '00000000-0000-4000-8000-000000000000',
    now: 0,
    http: { method: 'POST', headers: {}, query: new Map(), sourceIp: '127.0.0.1', secure: false, trailers: new Map() },
    sojourn,
    notes: auditNotes(),
    reply: { headers: {} },
  };
}
