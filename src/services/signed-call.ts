/** Operations of signed services never see an anonymous caller: the dispatcher refuses it first. */
import type { Call, SignedCall } from './operation.ts';

/** The same call, known to be signed; throws on a bug of the dispatcher only. */
export function signed(call: Call): SignedCall {
  const { caller } = call;
  if (caller.kind === 'anonymous') throw new Error('an unsigned call reached an operation that needs a signature');
  return { ...call, caller };
}
