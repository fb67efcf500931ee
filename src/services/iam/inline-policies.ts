/** Inline policies of roles, users and groups. */
import { checkPermissionPolicy, documentSize } from '../../federation/policy-document.ts';
import type { PolicyDetail } from '../../wire/generated/iam-types.ts';
import { encodeDocument } from './documents.ts';
import type { Call } from '../operation.ts';
import { iamError } from './errors.ts';
import { type Paging, pageOfList, type PageMark } from './paging.ts';
import type { HolderKind, HolderRecord } from './policy-holders.ts';
import { INLINE_POLICY_SIZE } from './quotas.ts';

/** The entity with the policy put, in place of one of that name. Throws `MalformedPolicyDocument`, `LimitExceeded`. */
export function putInlinePolicy<E extends HolderRecord>(
  kind: HolderKind,
  entity: E,
  policyName: string,
  document: string,
): E {
  checkPermissionPolicy(document);
  const inlinePolicies = { ...entity.inlinePolicies, [policyName]: document };
  const size = Object.values(inlinePolicies).reduce((sum, text) => sum + documentSize(text), 0);
  const limit = INLINE_POLICY_SIZE[kind];
  if (size > limit) {
    throw iamError('LimitExceeded', `Maximum policy size of ${limit} bytes exceeded for ${kind} ${entity.name}`);
  }
  return { ...entity, inlinePolicies };
}

/** The document of that name. Throws `NoSuchEntity`. */
export function inlinePolicy(kind: HolderKind, entity: HolderRecord, policyName: string): string {
  const document = Object.hasOwn(entity.inlinePolicies, policyName) ? entity.inlinePolicies[policyName] : undefined;
  if (document === undefined) {
    throw iamError('NoSuchEntity', `The ${kind} policy with name ${policyName} cannot be found.`);
  }
  return document;
}

/** The entity without that policy. Throws `NoSuchEntity`. */
export function deleteInlinePolicy<E extends HolderRecord>(kind: HolderKind, entity: E, policyName: string): E {
  inlinePolicy(kind, entity, policyName);
  const left = Object.entries(entity.inlinePolicies).filter(([name]) => name !== policyName);
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
