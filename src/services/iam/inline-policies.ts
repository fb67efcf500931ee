/** Inline policies of roles, users and groups. */
import type { ServiceError } from '../../base/service-error.ts';
import { checkPermissionPolicy, documentSize } from '../../federation/policy-document.ts';
import type { PolicyDetail } from '../../wire/generated/iam-types.ts';
import { encodeDocument } from './documents.ts';
import type { Call } from '../operation.ts';
import { iamError } from './errors.ts';
import { type Paging, pageOfList, type PageMark } from './paging.ts';
import type { HolderKind, HolderRecord } from './policy-holders.ts';
import { INLINE_POLICY_SIZE } from './quotas.ts';

/**
 * The entity with the policy put, in place of one of that name in whatever case, whose spelling stays
 * (observed on AWS, September 2026). Throws `MalformedPolicyDocument`, `LimitExceeded`.
 */
export function putInlinePolicy<E extends HolderRecord>(
  kind: HolderKind,
  entity: E,
  policyName: string,
  document: string,
): E {
  checkPermissionPolicy(document);
  const inlinePolicies = { ...entity.inlinePolicies, [spelling(entity, policyName) ?? policyName]: document };
  const size = Object.values(inlinePolicies).reduce((sum, text) => sum + documentSize(text), 0);
  const limit = INLINE_POLICY_SIZE[kind];
  if (size > limit) {
    throw iamError('LimitExceeded', `Maximum policy size of ${limit} bytes exceeded for ${kind} ${entity.name}`);
  }
  return { ...entity, inlinePolicies };
}

/** The document of that name, in whatever case. Throws `NoSuchEntity`. */
export function inlinePolicy(kind: HolderKind, entity: HolderRecord, policyName: string): string {
  const document = entity.inlinePolicies[storedName(kind, entity, policyName)];
  if (document === undefined) throw policyNotFound(kind, policyName);
  return document;
}

/** The entity without that policy. Throws `NoSuchEntity`. */
export function deleteInlinePolicy<E extends HolderRecord>(kind: HolderKind, entity: E, policyName: string): E {
  const gone = storedName(kind, entity, policyName);
  const left = Object.entries(entity.inlinePolicies).filter(([name]) => name !== gone);
  return { ...entity, inlinePolicies: Object.fromEntries(left) };
}

/** A page of the names, sorted. */
export function inlinePage(
  call: Call,
  operation: string,
  entity: HolderRecord,
  input: Paging,
): PageMark & { readonly PolicyNames: readonly string[] } {
  const { items, mark } = pageOfList(call, operation, Object.keys(entity.inlinePolicies).sort(), input);
  return { PolicyNames: items, ...mark };
}

/** Names and encoded documents, as GetAccountAuthorizationDetails lists them. */
export function inlineAnswer(entity: HolderRecord): readonly PolicyDetail[] {
  return Object.entries(entity.inlinePolicies).map(([name, document]) => ({
    PolicyName: name,
    PolicyDocument: encodeDocument(document),
  }));
}

function storedName(kind: HolderKind, entity: HolderRecord, policyName: string): string {
  const stored = spelling(entity, policyName);
  if (stored === undefined) throw policyNotFound(kind, policyName);
  return stored;
}

/** The name as the entity has it, which may differ in case; undefined when it has none such. */
function spelling(entity: HolderRecord, policyName: string): string | undefined {
  if (Object.hasOwn(entity.inlinePolicies, policyName)) return policyName;
  const folded = policyName.toLowerCase();
  return Object.keys(entity.inlinePolicies).find((name) => name.toLowerCase() === folded);
}

function policyNotFound(kind: HolderKind, policyName: string): ServiceError {
  return iamError('NoSuchEntity', `The ${kind} policy with name ${policyName} cannot be found.`);
}
