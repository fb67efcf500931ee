/** Terraform modules of tests: copied beside a running Sojourn, initialised once, driven, and read back. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { missing, run, terraformPlugins, type Ran } from '../programs.ts';
import type { RunningSojourn } from '../running-sojourn.ts';

const plugins = terraformPlugins();

/** A sentence for `skip` when Terraform or its AWS provider is not there. */
export const NO_TERRAFORM: string | false =
  missing('terraform', 'version') || (plugins === undefined && 'the AWS provider of Terraform is not on this machine');

/** One module in a directory of its own, which goes with its Sojourn. */
export interface Module {
  /** Replaces the configuration by the files of another directory; the state stays. */
  readonly become: (source: string) => void;
  readonly terraform: (command: string, ...args: readonly string[]) => Promise<Ran>;
  /** Applies, and asserts that a plan then shows no difference; answers the counts that apply printed. */
  readonly applied: (...args: readonly string[]) => Promise<string>;
  /** Destroys; answers how many resources Terraform destroyed. */
  readonly destroyed: (...args: readonly string[]) => Promise<number>;
  /** Attributes of the only resource of that type and name in the state; undefined when it is not there. */
  readonly attributes: (type: string, name: string) => Readonly<Record<string, unknown>> | undefined;
  readonly output: (name: string) => unknown;
}

interface State {
  readonly outputs: Readonly<Record<string, { readonly value: unknown } | undefined>>;
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly mode: 'managed' | 'data';
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

/** Copies the module in `source` beside the Sojourn's data and initialises it without a network. */
export async function openModule(
  sojourn: RunningSojourn,
  source: string,
  env: NodeJS.ProcessEnv = sojourn.env,
): Promise<Module> {
  const directory = join(sojourn.data, 'modules', source.replaceAll('/', '-'));
  mkdirSync(directory, { recursive: true });
  const become = (other: string): void => cpSync(other, directory, { recursive: true });
  const terraform: Module['terraform'] = (command, ...args) =>
    run('terraform', [command, ...args], {
      // GOGC: a provider of this size spends a quarter of its start-up collecting garbage.
      env: { ...env, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1', TF_CLI_ARGS: '-no-color', GOGC: '400' },
      cwd: directory,
    });
  const state = (): State => JSON.parse(readFileSync(join(directory, 'terraform.tfstate'), 'utf8'));
  become(source);
  succeeded(await terraform('init', `-plugin-dir=${plugins ?? ''}`));
  return {
    become,
    terraform,
    applied: async (...args) => {
      const { out } = succeeded(await terraform('apply', '-auto-approve', ...args));
      const plan = await terraform('plan', '-detailed-exitcode', ...args);
      assert.equal(plan.code, 0, `a plan after apply shows differences:\n${plan.out}\n${plan.err}`);
      return /Resources: (.*)\./.exec(out)?.[1] ?? '';
    },
    destroyed: async (...args) => {
      const { out } = succeeded(await terraform('destroy', '-auto-approve', ...args));
      return Number(/Resources: (\d+) destroyed/.exec(out)?.[1]);
    },
    attributes: (type, name) =>
      state().resources.find((one) => one.mode === 'managed' && one.type === type && one.name === name)?.instances[0]
        ?.attributes,
    output: (name) => state().outputs[name]?.value,
  };
}

function succeeded(ran: Ran): Ran {
  assert.equal(ran.code, 0, `${ran.out}\n${ran.err}`);
  return ran;
}
