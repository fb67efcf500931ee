/**
 * The issuer of an account's own tokens (outbound identity federation): its name, whether it is
 * switched on, and its keys, made once and kept sealed in the state.
 */
import { randomUUID } from 'node:crypto';
import { isAccountId, type AccountId } from '../../base/arn.ts';
import type { State } from '../../storage/state/state.ts';
import type { Sojourn } from '../sojourn.ts';
import { makeOutboundKey, OUTBOUND_ALGORITHMS, readOutboundKey, type OutboundKey } from './outbound-key.ts';

/** An account's own issuer. */
export interface OutboundIssuer {
  readonly account: AccountId;
  /** A UUID: the last part of the issuer's URL. It stays when the feature is switched off and on. */
  readonly id: string;
  readonly enabled: boolean;
  /** One for each algorithm. */
  readonly keys: readonly OutboundKey[];
}

/** Path of all outbound issuers below the public URL; `/_sojourn/` is where everything of ours lives. */
export const OUTBOUND_ISSUER_PATH = '/_sojourn/oidc/';

/** `iss` of the account's tokens: where discovery begins. */
export function issuerUrl({ id }: OutboundIssuer, sojourn: Pick<Sojourn, 'publicUrl'>): string {
  return `${sojourn.publicUrl()}${OUTBOUND_ISSUER_PATH}${id}`;
}

/** The account's issuer; undefined when it was never switched on. */
export async function outboundIssuerOf(
  account: AccountId,
  state: Pick<State, 'settings'>,
): Promise<OutboundIssuer | undefined> {
  return readIssuer((await state.settings.get(settingOf(account)))?.value);
}

/** The issuer of that id, whether it is switched on or not: tokens outlive the switch. */
export async function outboundIssuerById(
  id: string,
  state: Pick<State, 'settings'>,
): Promise<OutboundIssuer | undefined> {
  const account = (await state.settings.get(nameSettingOf(id)))?.value;
  return isAccountIdText(account) ? outboundIssuerOf(account, state) : undefined;
}

/**
 * Whether tokens of that `iss` are this Sojourn's own, by whatever name it was reached when they were made.
 *
 * @param issuer as the token has it
 */
export async function isOwnIssuer(issuer: string, state: Pick<State, 'settings'>): Promise<boolean> {
  const at = issuer.lastIndexOf(OUTBOUND_ISSUER_PATH);
  if (at < 0) return false;
  return (await outboundIssuerById(issuer.slice(at + OUTBOUND_ISSUER_PATH.length), state)) !== undefined;
}

/**
 * Switches the account's issuer on, or off, and answers it. Its keys are made when it is first
 * switched on, which takes a moment but holds up nobody else.
 *
 * @returns undefined when it is that way already
 */
export async function switchOutboundIssuer(
  account: AccountId,
  enabled: boolean,
  sojourn: Sojourn,
): Promise<OutboundIssuer | undefined> {
  const before = await outboundIssuerOf(account, sojourn.state);
  if ((before?.enabled ?? false) === enabled) return undefined;
  const keys = before?.keys ?? (await Promise.all(OUTBOUND_ALGORITHMS.map((alg) => makeOutboundKey(alg, sojourn))));
  return sojourn.state.write(async ({ settings }) => {
    const found = readIssuer((await settings.get(settingOf(account)))?.value);
    if ((found?.enabled ?? false) === enabled) return undefined;
    const issuer = { ...(found ?? { account, id: randomUUID(), keys }), enabled };
    await settings.put(settingOf(account), { value: issuer });
    await settings.put(nameSettingOf(issuer.id), { value: account });
    return issuer;
  });
}

function settingOf(account: AccountId): string {
  return `outbound-issuer/${account}`;
}

function nameSettingOf(id: string): string {
  return `outbound-issuer-name/${id}`;
}

function isAccountIdText(value: unknown): value is AccountId {
  return typeof value === 'string' && isAccountId(value);
}

function readIssuer(value: unknown): OutboundIssuer | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('account' in value) || !('id' in value) || !('enabled' in value) || !('keys' in value)) return undefined;
  const { account, id, enabled, keys } = value;
  if (!isAccountIdText(account) || typeof id !== 'string' || !Array.isArray(keys)) return undefined;
  return {
    account,
    id,
    enabled: enabled === true,
    keys: keys.flatMap((key) => readOutboundKey(key) ?? []),
  };
}
