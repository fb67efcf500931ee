/**
 * AWS Organizations with clients nobody here wrote: Terraform builds an organization with control
 * policies, boto3 lives under them, the aws CLI asks. Each refusal stands beside what is allowed.
 */
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { organizationsOperations } from '../../src/services/organizations/operations.ts';
import { missing, missingPython, run, type Ran } from './programs.ts';
import { SOJOURN, startSojourn, type RunningSojourn } from './running-sojourn.ts';
import { NO_TERRAFORM, openModule, type Module } from './terraform/module.ts';

const HERE = join(import.meta.dirname, 'organizations');
/** Another repository, and one service less. */
const CHANGED = ['-var', 'repository=my-org/another', '-var', 'services=["sso.amazonaws.com"]'];
const REFUSED_TOKEN = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';

describe('Terraform builds an organization', { skip: NO_TERRAFORM }, () => {
  let sojourn: RunningSojourn;
  let module: Module;
  before(async () => {
    sojourn = await startSojourn();
    module = await openModule(sojourn, join(HERE, 'controls'));
  });
  after(async () => sojourn?.dispose());
  const output = (name: string): string => String(module.output(name));

  test('apply makes it, and a plan afterwards shows no difference', { timeout: 280_000 }, async () => {
    assert.match(await module.applied(), /10 added, 0 changed, 0 destroyed/);
    assert.match(output('account'), /^[1-9]\d{11}$/);
    assert.equal(module.output('accounts_read'), 2);
    const attached = module.output('policies_of_account');
    assert.ok(Array.isArray(attached) && attached.length === 2);
    assert.ok(attached.includes('p-FullAWSAccess'), attached.join());
  });

  test('every data source of the provider reads it', () => {
    assert.deepEqual(module.output('read'), {
      children: ['workloads'],
      workloads: true,
      descendants: ['ci', 'workloads'],
      accounts: ['ci'],
      below: ['ci', 'management'],
      policies: 3,
      document: 'NoSecrets',
      tags: { kind: 'guard' },
      administrators: [],
    });
  });

  test(
    'its policies bite in the member account, not in the management account, and the reasons name them',
    { skip: missingPython('boto3'), timeout: 280_000 },
    async () => {
      const told = await memberAccount(sojourn, output('account'));
      outcomes(told, {
        repository: 'allowed',
        'other-repository': 'AccessDenied',
        'read-public': 'allowed',
        'read-secret': 'AccessDenied',
        put: 'allowed',
        delete: 'AccessDenied',
        'management-read-secret': 'allowed',
        'management-delete': 'allowed',
        describe: 'allowed',
        'list-accounts': 'AccessDeniedException',
        'enable-features': 'AccessDeniedException',
        'effective-own': 'EffectivePolicyNotFoundException',
        'effective-named': 'EffectivePolicyNotFoundException',
        'effective-others': 'AccessDeniedException',
        'no-permission': 'AccessDeniedException',
        entry: 'allowed',
      });
      assert.equal(told['other-repository']?.message, REFUSED_TOKEN);
      assert.match(
        told['read-secret']?.message ?? '',
        /is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::member-bucket\/secret\/a" with an explicit deny in a resource control policy/,
      );
      assert.match(told['delete']?.message ?? '', /with an explicit deny in a service control policy/);
      assert.equal(told['list-accounts']?.message, "You don't have permissions to access this resource.");
      assert.equal(told['list-accounts']?.status, 400);
      assert.equal(told['no-permission']?.message, "You don't have permissions to access this resource.");
      const atRoots = await explained(sojourn, told['no-permission']);
      assert.match(atRoots, /organizations:ListRoots/, 'the operator reads what the caller is not told');

      const atAssume = await explained(sojourn, told['other-repository']);
      assert.ok(atAssume.includes(output('one_repository')), atAssume);
      assert.match(atAssume, /token\.actions\.githubusercontent\.com:repository/);
      assert.match(atAssume, /my-org\/another/);
      const atRead = await explained(sojourn, told['read-secret']);
      assert.ok(atRead.includes(output('no_secrets')), atRead);
    },
  );

  test(
    'a document and the services are changed in place, and a plan shows no difference then',
    { timeout: 280_000 },
    async () => {
      assert.match(await module.applied(...CHANGED), /0 added, 2 changed, 0 destroyed/);
    },
  );

  test('all of it is imported by its ids and is as the configuration says', { timeout: 280_000 }, async () => {
    const source = join(sojourn.data, 'imported');
    cpSync(join(HERE, 'controls'), source, { recursive: true });
    writeFileSync(join(source, 'imports.tf'), imports(module));
    const imported = await openModule(sojourn, source);
    assert.match(await imported.applied(...CHANGED), /10 imported, 0 added, 0 changed, 0 destroyed/);
  });

  test('a resource control policy that allows fails at apply with AWS’s sentence', { timeout: 280_000 }, async () => {
    const allowing = [...CHANGED, '-var', 'effect_on_secrets=Allow'];
    const { code, err } = await module.terraform('apply', '-auto-approve', ...allowing);
    assert.equal(code, 1);
    const told = err.replaceAll(/[\s│]+/g, ' ');
    assert.match(told, /MalformedPolicyDocumentException: The provided policy document does not meet the requirements/);
  });

  test('destroy leaves nothing', { timeout: 280_000 }, async () => {
    assert.equal(await module.destroyed(), 10);
  });
});

describe('Terraform gives an organization all features', { skip: NO_TERRAFORM }, () => {
  test('in place, and not back again', { timeout: 280_000 }, async (context) => {
    const sojourn = await startSojourn();
    context.after(() => sojourn.dispose());
    const { applied, attributes } = await openModule(sojourn, join(HERE, 'features'));
    const organization = (): unknown => attributes('aws_organizations_organization', 'this')?.['id'];
    assert.match(await applied('-var', 'feature_set=CONSOLIDATED_BILLING'), /1 added/);
    const id = organization();
    assert.match(await applied('-var', 'feature_set=ALL'), /0 added, 1 changed, 0 destroyed/);
    assert.equal(organization(), id);
    const refused = await applied('-var', 'feature_set=CONSOLIDATED_BILLING');
    assert.match(refused, /1 added, 0 changed, 1 destroyed/, 'another organization takes its place');
    assert.notEqual(organization(), id);
  });
});

describe('every operation', { skip: missingPython('boto3') }, () => {
  let sojourn: RunningSojourn;
  before(async () => {
    sojourn = await startSojourn();
  });
  after(async () => sojourn?.dispose());

  test(
    'boto3 calls each with success and with every error that its model documents',
    { timeout: 120_000 },
    async () => {
      const ran = await run('python3', [join(HERE, 'every-operation.py')], { env: sojourn.env });
      const told: { succeeded: string[]; refusals: unknown[]; missing: string[] } = JSON.parse(succeeded(ran).out);
      const called = told.succeeded.map((name) => name.replaceAll('_', '').toLowerCase());
      // There is no effective policy to be had.
      const missed = Object.keys(organizationsOperations).filter((name) => !called.includes(name.toLowerCase()));
      assert.deepEqual(missed, ['DescribeEffectivePolicy']);
      assert.deepEqual(told.missing, [], 'errors of the model that no call was refused with');
      assert.ok(told.refusals.length > 170, `only ${told.refusals.length} refusals`);
    },
  );

  test('the audit log has each of them, refused ones with their code', async () => {
    const events = readFileSync(join(sojourn.data, 'audit.jsonl'), 'utf8').split('\n').filter(Boolean);
    const parsed: { eventSource: string; eventName: string; errorCode?: string; readOnly: boolean }[] = events.map(
      (line) => JSON.parse(line),
    );
    const ours = parsed.filter((event) => event.eventSource === 'organizations.amazonaws.com');
    const attach = ours.filter((event) => event.eventName === 'AttachPolicy');
    assert.ok(attach.some((event) => event.errorCode === undefined && !event.readOnly));
    assert.ok(attach.some((event) => event.errorCode === 'DuplicatePolicyAttachmentException'));
    assert.ok(ours.filter((event) => event.eventName.startsWith('Describe')).every((event) => event.readOnly));
    assert.doesNotMatch(events.join(), /a@example\.com/, 'addresses are sensitive in the model');
  });
});

describe('the aws CLI', { skip: missing('aws') }, () => {
  let sojourn: RunningSojourn;
  before(async () => {
    sojourn = await startSojourn();
  });
  after(async () => sojourn?.dispose());
  const aws = (...args: readonly string[]): Promise<Ran> =>
    run('aws', ['organizations', ...args], { env: sojourn.env });

  test('makes an organization and reads it, and says in AWS’s words what it may not', async () => {
    assert.match(
      (await aws('list-roots')).err,
      /\(AWSOrganizationsNotInUseException\).*not a member of an organization/,
    );
    const made: unknown = JSON.parse(succeeded(await aws('create-organization')).out);
    assert.deepEqual(JSON.parse(succeeded(await aws('describe-organization')).out), made);
    assert.match((await aws('create-organization')).err, /\(AlreadyInOrganizationException\)/);
    assert.match((await aws('list-handshakes-for-organization')).err, /does not support organizations:ListHandshakes/);
    const env = { ...sojourn.env, AWS_SECRET_ACCESS_KEY: 'wrong' };
    const forged = await run('aws', ['organizations', 'list-roots'], { env });
    assert.match(forged.err, /\(InvalidSignatureException\)/);
  });
});

/** Import blocks for everything in the module's state. */
function imports({ attributes }: Module): string {
  const ids: readonly (readonly [string, string])[] = [
    ['organization', 'this'],
    ['organizational_unit', 'workloads'],
    ['organizational_unit', 'ci'],
    ['account', 'ci'],
    ['policy', 'one_repository'],
    ['policy', 'no_secrets'],
    ['policy', 'keep_objects'],
    ['policy_attachment', 'one_repository'],
    ['policy_attachment', 'no_secrets'],
    ['policy_attachment', 'keep_objects'],
  ];
  return ids
    .map(([type, name]) => {
      const id = attributes(`aws_organizations_${type}`, name)?.['id'];
      assert.ok(typeof id === 'string', `${type} ${name} has no id`);
      return `import {\n  to = aws_organizations_${type}.${name}\n  id = "${id}"\n}\n`;
    })
    .join('');
}

interface Told {
  readonly outcome: string;
  readonly message?: string;
  readonly status?: number;
  readonly request?: string;
}

async function memberAccount(sojourn: RunningSojourn, account: string): Promise<Readonly<Record<string, Told>>> {
  const tokens = [await githubToken(sojourn, 'my-org/my-repo'), await githubToken(sojourn, 'my-org/another')];
  const ran = await run('python3', [join(HERE, 'member-account.py'), account, ...tokens], { env: sojourn.env });
  const told: Readonly<Record<string, Told>> = JSON.parse(succeeded(ran).out);
  return told;
}

function outcomes(told: Readonly<Record<string, Told>>, expected: Readonly<Record<string, string>>): void {
  const found = Object.fromEntries(Object.entries(told).map(([name, { outcome }]) => [name, outcome]));
  assert.deepEqual(found, expected);
}

async function githubToken(sojourn: RunningSojourn, repository: string): Promise<string> {
  const args = ['token', 'github', '--repository', repository, '--ref', 'refs/heads/main'];
  const more = ['--audience', 'sts.amazonaws.com', '--data', sojourn.data];
  return succeeded(await run(SOJOURN, [...args, ...more], { env: process.env })).out.trim();
}

/** What the operator reads of a refused call. */
async function explained(sojourn: RunningSojourn, refused: Told | undefined): Promise<string> {
  const ran = await run(SOJOURN, ['explain', refused?.request ?? '', '--data', sojourn.data], { env: process.env });
  assert.equal(ran.code, 1, ran.err);
  return ran.out;
}

function succeeded(ran: Ran): Ran {
  assert.equal(ran.code, 0, `${ran.out}\n${ran.err}`);
  return ran;
}
