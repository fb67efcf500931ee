/** Why a server did not start, as a sentence that says what to do. */
import { StartError } from './build-sojourn.ts';
import type { Settings } from './settings.ts';

/** The sentence for what starting threw. */
export function startFailure(error: unknown, settings: Settings): string {
  if (error instanceof StartError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${settings.port} on ${settings.host} is taken: stop what listens there, or choose another with --port.`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${settings.host}: choose another with --host.`;
    case 'EACCES':
      return `Not permitted: ${error instanceof Error ? error.message : ''}. Check --port and who owns ${settings.data}.`;
    case 'EEXIST':
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EROFS':
      return `${error instanceof Error ? error.message : ''}. Check --data ${settings.data} and the files that were named.`;
    default:
      return error instanceof Error ? error.message : 'it failed to start for an unknown reason.';
  }
}
