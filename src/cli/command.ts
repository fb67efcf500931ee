/** A command of the CLI: one file exports one, `commands.ts` lists them. */

/** One option of a command. */
export interface Option {
  readonly name: string;
  /** Placeholder in the help text; empty for a flag. */
  readonly value: string;
  readonly help: string;
  readonly repeatable?: true;
}

/** What a command was called with, unknown options already refused. */
export interface Invocation {
  readonly options: Readonly<Record<string, readonly string[] | undefined>>;
  readonly positionals: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether `out` is a terminal: progress is shown only there. */
  readonly terminal: boolean;
}

/** Exit codes: 0 done, 1 the answer is no (denied, not found), 2 the call or its input was wrong. */
export type ExitCode = 0 | 1 | 2;

/** What the command line knows of a command. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  readonly usage: string;
  readonly details?: string;
  readonly examples: readonly string[];
  /** Options of this invocation; they may depend on the first positional (`token github`). */
  readonly options: (positionals: readonly string[]) => readonly Option[];
  /** Takes words beside its options and looks at them itself; any other command is called without. */
  readonly takesPositionals?: true;
  readonly run: (call: Invocation) => Promise<ExitCode>;
}

/** The one value of an option, or undefined. */
export function option(call: Invocation, name: string): string | undefined {
  return call.options[name]?.[0];
}

/** Whether a flag was given. */
export function flag(call: Invocation, name: string): boolean {
  return call.options[name] !== undefined;
}
