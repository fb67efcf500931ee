/** The two steps that every protocol shares: the call as operations see it, and authorize → handle. */
import type { Caller } from '../federation/caller.ts';
import { requireAllowed } from '../federation/require-allowed.ts';
import type { Call } from '../services/operation.ts';
import type { AnyOperation } from '../services/service.ts';
import type { Attempt, ServerParts } from './attempt.ts';

/** Authorizes by the operation's own declaration, then handles. */
export async function perform(operation: AnyOperation, input: unknown, call: Call): Promise<unknown> {
  if (operation.permission.kind === 'actions') {
    for (const requirement of await operation.permission.requirements(input, call)) {
      await requireAllowed(requirement, call);
    }
  }
  return operation.handle(input, call);
}

/** The call as operations see it. */
export function callOf(caller: Caller, attempt: Attempt, parts: ServerParts): Call {
  return {
    caller,
    account: caller.kind === 'anonymous' ? parts.sojourn.account : caller.account,
    region: attempt.region,
    requestId: attempt.requestId,
    now: attempt.now,
    http: attempt.http,
    sojourn: parts.sojourn,
    notes: attempt.notes,
    reply: { headers: {} },
  };
}
