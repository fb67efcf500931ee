/**
 * What a denied caller is given instead of the reasons: the decision, sealed, for somebody who may
 * call DecodeAuthorizationMessage in the account.
 */
import { Buffer } from 'node:buffer';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { authorizationMessage, type AuthorizationMessage } from '../analysis/authorization-message.ts';
import type { AccountId } from '../base/arn.ts';
import { open, seal } from '../credentials/sealing.ts';
import type { Decision } from '../policy/decision.ts';
import type { SignedCaller } from './caller.ts';
import type { DenialExplanations } from './denial-explanations.ts';
import type { Sojourn } from './sojourn.ts';

/** The header of a denial that carries the message. AWS has messages in the body of a few EC2 calls only. */
export const AUTHORIZATION_MESSAGE_HEADER = 'x-sojourn-authorization-message';

/**
 * Characters of a message. DecodeAuthorizationMessage takes 10,240; proxies in front of the service
 * commonly refuse answers with more than 4 KiB of headers.
 */
const LONGEST_MESSAGE = 3072;
/** Bytes of JSON that a message may unfold to. */
const LONGEST_JSON = 1024 * 1024;

type MessageKeys = Pick<Sojourn, 'keyRing' | 'random'>;

/**
 * The sealed message of a denial, base64url; what does not fit is left out, last the whole message.
 *
 * Undefined too when the resource belongs to another account: neither side may read the other's
 * policies through it.
 */
export function sealAuthorizationMessage(
  decision: Decision,
  explanations: DenialExplanations,
  caller: SignedCaller,
  keys: MessageKeys,
): string | undefined {
  const owner = decision.request.resourceAccount;
  if (owner !== undefined && owner !== caller.account) return undefined;
  const whole = authorizationMessage(decision, explanations.of(decision));
  for (const message of [whole, withoutExplanation(whole), withoutContext(whole), barest(whole)]) {
    const text = sealed(message, caller.account, keys);
    if (text.length <= LONGEST_MESSAGE) return text;
  }
  return undefined;
}

/**
 * The JSON again.
 *
 * @param account the one that asks; a message opens only in the account that it was sealed for
 * @returns undefined for a text that is no message of that account
 */
export function openAuthorizationMessage(
  text: string,
  account: AccountId,
  { keyRing }: MessageKeys,
): string | undefined {
  const opened = open('authorization-message', Buffer.from(text, 'base64url'), keyRing);
  if (opened.kind !== 'opened') return undefined;
  const unfolded = inflateRawSync(opened.bytes, { maxOutputLength: LONGEST_JSON }).toString('utf8');
  const mark = `${account}\n`;
  return unfolded.startsWith(mark) ? unfolded.slice(mark.length) : undefined;
}

function sealed(message: AuthorizationMessage, account: AccountId, { keyRing, random }: MessageKeys): string {
  const folded = deflateRawSync(Buffer.from(`${account}\n${JSON.stringify(message)}`, 'utf8'));
  return seal('authorization-message', folded, keyRing, random).toString('base64url');
}

function withoutExplanation({ explanation: _, ...message }: AuthorizationMessage): AuthorizationMessage {
  return message;
}

function withoutContext(message: AuthorizationMessage): AuthorizationMessage {
  const { context, ...rest } = withoutExplanation(message);
  return { ...rest, context: { ...context, conditions: { items: [] } } };
}

function barest(message: AuthorizationMessage): AuthorizationMessage {
  return { ...withoutContext(message), matchedStatements: { items: [] }, failures: { items: [] } };
}
