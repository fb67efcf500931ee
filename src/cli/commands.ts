/** The commands, in the order of the help text. */
import type { Command } from './command.ts';
import { demo } from './commands/demo.ts';
import { dev } from './commands/dev.ts';
import { explain } from './commands/explain.ts';
import { issuer } from './commands/issuer.ts';
import { issuers } from './commands/issuers.ts';
import { serve } from './commands/serve.ts';
import { token } from './commands/token.ts';

/** A command that is not here does not exist. */
export const COMMANDS: readonly Command[] = [dev, serve, token, issuer, issuers, explain, demo];
