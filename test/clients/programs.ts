/** The programs that client tests drive: where they are, and how they are run. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a program to its end; a non-zero exit is an answer, not an error. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly env: NodeJS.ProcessEnv; readonly cwd?: string; readonly input?: string },
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { env: options.env, cwd: options.cwd, maxBuffer: 1 << 26, timeout: 240_000 },
      (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, out, err });
      },
    );
    child.stdin?.end(options.input ?? '');
  });
}

/** A sentence for `skip` when `program --version` does not run; false when it does. */
export function missing(program: string, versionFlag = '--version'): string | false {
  try {
    execFileSync(program, [versionFlag], { stdio: 'ignore' });
    return false;
  } catch {
    return `there is no ${program} on this machine`;
  }
}

/** The same for a Python module. */
export function missingPython(module: string): string | false {
  try {
    execFileSync('python3', ['-c', `import ${module}`], { stdio: 'ignore' });
    return false;
  } catch {
    return `there is no python3 with ${module} on this machine`;
  }
}

/**
 * Where the AWS provider of Terraform lies unpacked on this machine: a `-plugin-dir` for
 * `terraform init` without a network. Undefined when there is none; Terraform then asks its registry.
 */
export function terraformPlugins(): string | undefined {
  const roots = [
    '/opt',
    '/usr/share',
    '/usr/local/share',
    '/usr/local/lib',
    '/var/lib',
    join(homedir(), '.terraform.d'),
  ];
  for (const root of roots) {
    const found = pluginDirectory(root, 2);
    if (found !== undefined) return found;
  }
  return undefined;
}

function pluginDirectory(directory: string, depth: number): string | undefined {
  if (existsSync(join(directory, 'registry.terraform.io', 'hashicorp', 'aws'))) return directory;
  if (depth === 0) return undefined;
  let names: string[];
  try {
    names = readdirSync(directory);
  } catch {
    return undefined;
  }
  for (const name of names) {
    const inner = join(directory, name);
    if (!statSync(inner, { throwIfNoEntry: false })?.isDirectory()) continue;
    const found = pluginDirectory(inner, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
