/** From the words of the command line to a command's exit code; help texts are made from the command's own rows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, ExitCode, Option } from './command.ts';
import { COMMANDS } from './commands.ts';
import { suggestion } from './read-settings.ts';

type Parsed =
  | { readonly kind: 'parsed'; readonly options: Record<string, string[]>; readonly positionals: readonly string[] }
  | { readonly kind: 'wrong'; readonly why: string };

/** Runs `words` (without `node` and the script) and answers the exit code. */
export async function runCommandLine(words: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return help(rest[0]);
  if (name === '--version') {
    out(version());
    return 0;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const names = COMMANDS.map((candidate) => candidate.name);
    err(`sojourn: there is no command '${name}'.${suggestion(name, names)} 'sojourn --help' lists them.`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    out(
      commandHelp(
        command,
        rest.filter((word) => !word.startsWith('-')),
      ),
    );
    return 0;
  }
  const parsed = parseWords(rest, command);
  if (parsed.kind === 'wrong') {
    err(`sojourn ${name}: ${parsed.why} 'sojourn ${name} --help' shows what it takes.`);
    return 2;
  }
  return command.run({
    options: parsed.options,
    positionals: parsed.positionals,
    env: process.env,
    out,
    err,
    terminal: process.stdout.isTTY === true,
  });
}

/** `sojourn 0.1.0 (node v26.10.0)` */
function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'));
  const found =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : 'unknown';
  return `sojourn ${String(found)} (node ${process.version})`;
}

function help(name: string | undefined): ExitCode {
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command !== undefined) {
    out(commandHelp(command, []));
    return 0;
  }
  const width = Math.max(...COMMANDS.map((candidate) => candidate.name.length));
  out(
    [
      'Sojourn: temporary credentials for workloads that live elsewhere.',
      '',
      'Usage: sojourn COMMAND [OPTIONS]',
      '',
      ...COMMANDS.map((candidate) => `  ${candidate.name.padEnd(width)}  ${candidate.summary}`),
      '',
      "'sojourn COMMAND --help' shows a command's options and examples.",
    ].join('\n'),
  );
  return 0;
}

/** The help text of one command, made from its rows. */
export function commandHelp(command: Command, positionals: readonly string[]): string {
  const lines = [command.summary, '', `Usage: ${command.usage}`, ''];
  if (command.details !== undefined) lines.push(command.details, '');
  const options = command.options(positionals);
  if (options.length > 0) {
    lines.push('Options:');
    const labels = options.map((row) => `--${row.name}${row.value === '' ? '' : ` ${row.value}`}`);
    const width = Math.min(36, Math.max(...labels.map((label) => label.length)));
    options.forEach((row, index) => {
      const label = labels[index] ?? '';
      if (label.length > width) lines.push(`  ${label}`, `  ${''.padEnd(width)}  ${row.help}`);
      else lines.push(`  ${label.padEnd(width)}  ${row.help}`);
    });
    lines.push('');
  }
  lines.push('Examples:', ...command.examples.map((example) => `  ${example}`));
  return lines.join('\n');
}

function parseWords(words: readonly string[], command: Command): Parsed {
  const positionals = leadingPositionals(words);
  const known = new Map(command.options(positionals).map((row) => [row.name, row]));
  const options: Record<string, string[]> = {};
  const rest: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!word.startsWith('--')) {
      rest.push(word);
      continue;
    }
    const [name = '', ...inline] = word.slice(2).split('=');
    const row = known.get(name);
    if (row === undefined)
      return { kind: 'wrong', why: `there is no option '--${name}'.${suggestion(name, [...known.keys()])}` };
    const value = inline.length > 0 ? inline.join('=') : row.value === '' ? '' : words[++i];
    const wrong = misused(row, value, inline.length > 0, options[name] !== undefined);
    if (wrong !== undefined) return { kind: 'wrong', why: wrong };
    options[name] = [...(options[name] ?? []), row.value === '' ? 'true' : (value ?? '')];
  }
  const [stray] = command.takesPositionals === undefined ? rest : [];
  if (stray !== undefined) return { kind: 'wrong', why: `'${stray}' means nothing here.` };
  return { kind: 'parsed', options, positionals: rest };
}

function misused(row: Option, value: string | undefined, inline: boolean, again: boolean): string | undefined {
  if (value === undefined) return `'--${row.name}' needs a value (${row.value}).`;
  if (row.value === '' && inline) return `'--${row.name}' takes no value.`;
  if (again && row.repeatable === undefined) return `'--${row.name}' is given twice.`;
  return undefined;
}

function leadingPositionals(words: readonly string[]): readonly string[] {
  const end = words.findIndex((word) => word.startsWith('-'));
  return end < 0 ? words : words.slice(0, end);
}

function out(text: string): void {
  process.stdout.write(`${text}\n`);
}

function err(text: string): void {
  process.stderr.write(`${text}\n`);
}
