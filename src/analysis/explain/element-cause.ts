/** The likely mistake behind a principal, action or resource that does not match (reference aws-federation 1.7). */
import { parseArn } from '../../base/arn.ts';
import type { RequestContext } from '../../policy/context.ts';
import type { Principal } from '../../policy/decision.ts';
import type { ListElement, PrincipalElement } from '../../policy/tree.ts';
import { TRUST_ACTIONS } from '../../policy/validation/trust.ts';
import { isMisspelling } from './likeness.ts';
import { variableCause } from './variable-cause.ts';
import { principalName } from './wording.ts';

/** Of comparing a unit of a policy with what was asked, misspellings included (`likeness.ts`). */
const PER_UNIT = 60;

/** How much work it is to look at every item of a list. */
export function listCost({ items }: Pick<ListElement, 'items'>): number {
  return items.reduce((cost, { text }) => cost + 500 + PER_UNIT * text.length, 0);
}

/** How much work it is to look at everybody who is named. */
export function principalCost({ entries }: PrincipalElement): number {
  return entries.reduce((cost, { values }) => cost + listCost({ items: values }), 0);
}

/** Why the statement's Principal does not name the caller; undefined when nothing in particular shows. */
export function principalCause(element: PrincipalElement, caller: Principal): string | undefined {
  if (element.negated) return undefined;
  const name = principalName(caller);
  for (const { type, values } of element.entries) {
    for (const { text } of values) {
      const cause = caller.kind === 'webIdentity' ? providerCause(type, text, name) : identityCause(text, name);
      if (cause !== undefined) return cause;
    }
  }
  return undefined;
}

function providerCause(type: string, text: string, provider: string): string | undefined {
  if (type === 'AWS' && text === '*') {
    return '{"AWS":"*"} does not name web identities; name the provider under Federated.';
  }
  if (type !== 'Federated') {
    return text === provider ? `The provider stands under ${type}; it belongs under Federated.` : undefined;
  }
  const [named, own] = [parseArn(text), parseArn(provider)];
  if (named === undefined || own === undefined) {
    return own !== undefined && `https://${text}`.endsWith(own.resource.replace('oidc-provider/', ''))
      ? `Federated names the issuer; it takes the ARN of the provider, "${provider}".`
      : misspelling(text, provider);
  }
  if (named.resource.includes('https://')) return 'The ARN of a provider has the issuer without "https://".';
  if (named.resource === own.resource && named.account !== own.account) {
    return `The provider is the one of account ${named.account}; the token was verified against that of account ${own.account}.`;
  }
  return misspelling(text, provider);
}

function identityCause(text: string, name: string): string | undefined {
  if (text !== '*' && text.includes('*'))
    return 'A principal has no partial wildcards: "*" stands alone or not at all.';
  return misspelling(text, name);
}

/** Why the statement's actions leave the request's out. */
export function actionCause(element: ListElement, action: string): string | undefined {
  if (element.negated) return undefined;
  const lower = action.toLowerCase();
  for (const { text } of element.items) {
    if (text !== text.trim()) return `"${text}" has white space around it, and so names no action.`;
    if (lower.startsWith('sts:assumerole') && lower !== 'sts:assumerole' && text.toLowerCase() === 'sts:assumerole') {
      return `A web identity calls ${action}; the statement is about sts:AssumeRole, which is another action.`;
    }
    if (isMisspelling(text.toLowerCase(), lower, isTrustAction(text) ? 0 : lower.startsWith('sts:') ? 3 : 1)) {
      return `"${text}" looks like a misspelling of "${action}".`;
    }
  }
  return undefined;
}

/** Whether it is one of the actions of trust policies, and so meant as written. */
function isTrustAction(action: string): boolean {
  return TRUST_ACTIONS.some((name) => name.toLowerCase() === action.toLowerCase());
}

/** Why the statement's resources leave the request's out. */
export function resourceCause(element: ListElement, resource: string, context: RequestContext): string | undefined {
  if (element.negated) return undefined;
  const items = element.items.map(({ text }) => text);
  if (resource === '*') return 'The action has no resource, so only "*" matches.';
  const { service, resource: name = '' } = parseArn(resource) ?? {};
  const bucket = resource.slice(0, resource.indexOf('/'));
  if (service === 's3' && name.includes('/') && items.includes(bucket)) {
    return `The statement names the bucket; objects are "${bucket}/*".`;
  }
  const objects = `${resource}/`;
  if (service === 's3' && !name.includes('/') && items.some((text) => text.startsWith(objects))) {
    return `The statement names objects; the action is about the bucket itself, "${resource}".`;
  }
  const lower = resource.toLowerCase();
  if (items.some((text) => text.toLowerCase() === lower)) return 'The ARN differs in case only, and ARNs heed case.';
  const near = items.find((text) => isMisspelling(text, resource));
  return near === undefined ? variableCause(items, context) : misspelling(near, resource);
}

function misspelling(text: string, meant: string): string | undefined {
  if (text.toLowerCase() === meant.toLowerCase() && text !== meant) return `"${text}" differs from it in case only.`;
  return isMisspelling(text, meant) ? `"${text}" looks like a misspelling of it.` : undefined;
}
