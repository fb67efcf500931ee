/** Terraform with the real AWS provider: the second article's modules, applied, planned without differences, changed in place, destroyed. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { missing, run, terraformPlugins, type Ran } from './programs.ts';
import { startSojourn, type RunningSojourn } from './running-sojourn.ts';

const plugins = terraformPlugins();
const skip =
  missing('terraform', 'version') || (plugins === undefined && 'the AWS provider of Terraform is not on this machine');
const EXAMPLES = resolve(import.meta.dirname, '..', '..', 'examples', 'terraform');
let sojourn: RunningSojourn;

before(async () => {
  if (skip === false) sojourn = await startSojourn();
});
after(async () => sojourn?.dispose());

test(
  'before/main.tf applies, plans without differences, becomes after/main.tf in place, and is destroyed',
  { skip, timeout: 280_000 },
  async () => {
    const module = await initialised('change');
    succeeded(await terraform(module, 'apply', '-auto-approve'));
    assert.equal(
      (await terraform(module, 'plan', '-detailed-exitcode')).code,
      0,
      'a plan after apply shows differences',
    );
    const roleId = await roleOf(module);

    copyFileSync(join(EXAMPLES, 'after', 'main.tf'), join(module, 'main.tf'));
    const changed = succeeded(await terraform(module, 'apply', '-auto-approve'));
    assert.match(changed.out, /0 added, 1 changed, 0 destroyed/);
    assert.equal(await roleOf(module), roleId, 'the role was replaced instead of changed');
    assert.equal(
      (await terraform(module, 'plan', '-detailed-exitcode')).code,
      0,
      'a plan after the change shows differences',
    );
    assert.match(succeeded(await terraform(module, 'destroy', '-auto-approve')).out, /2 destroyed/);
  },
);

test(
  'a trust policy without sub fails at apply with AWS’s sentence, and no role is left',
  { skip, timeout: 280_000 },
  async () => {
    const module = await initialised('open');
    const text = readFileSync(join(EXAMPLES, 'before', 'main.tf'), 'utf8').replace(/^.*:sub".*\n/m, '');
    writeFileSync(join(module, 'main.tf'), text);
    const refused = await terraform(module, 'apply', '-auto-approve');
    assert.equal(refused.code, 1);
    const flat = refused.err.replace(/[\s│]+/g, ' ');
    assert.match(
      flat,
      /MalformedPolicyDocument: Trust policy with trusted principal .* must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase/,
    );
    assert.doesNotMatch(succeeded(await terraform(module, 'state', 'list')).out, /aws_iam_role/);
    succeeded(await terraform(module, 'destroy', '-auto-approve'));
  },
);

async function initialised(name: string): Promise<string> {
  const module = join(sojourn.data, name);
  mkdirSync(module);
  copyFileSync(join(EXAMPLES, 'before', 'main.tf'), join(module, 'main.tf'));
  succeeded(await terraform(module, 'init', `-plugin-dir=${plugins ?? ''}`));
  return module;
}

async function roleOf(module: string): Promise<unknown> {
  const state: { resources: { type: string; instances: { attributes: Record<string, unknown> }[] }[] } = JSON.parse(
    readFileSync(join(module, 'terraform.tfstate'), 'utf8'),
  );
  return state.resources.find((resource) => resource.type === 'aws_iam_role')?.instances[0]?.attributes['unique_id'];
}

function terraform(module: string, command: string, ...args: readonly string[]): Promise<Ran> {
  const env = { ...sojourn.env, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1', TF_CLI_ARGS: '-no-color' };
  return run('terraform', [command, ...args], { env, cwd: module });
}

function succeeded(ran: Ran): Ran {
  assert.equal(ran.code, 0, `${ran.out}\n${ran.err}`);
  return ran;
}
