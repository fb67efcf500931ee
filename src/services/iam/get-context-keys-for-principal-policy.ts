/** GetContextKeysForPrincipalPolicy: the condition keys that an entity's policies look at, and the given documents. */
import { contextKeysOf } from '../../federation/policy-context-keys.ts';
import type {
  GetContextKeysForPolicyResponse,
  GetContextKeysForPrincipalPolicyRequest,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { keysOfInput } from './input-policies.ts';
import { simulatedSource } from './policy-source.ts';
import { boundaryOfSource, documentsOfSource } from './source-documents.ts';
import { onSource } from './source-permission.ts';

/** Throws `InvalidInput`, `NoSuchEntity`. */
export const getContextKeysForPrincipalPolicy: Operation<
  GetContextKeysForPrincipalPolicyRequest,
  GetContextKeysForPolicyResponse
> = {
  name: 'GetContextKeysForPrincipalPolicy',
  permission: onSource('iam:GetContextKeysForPrincipalPolicy', ({ PolicySourceArn }) => PolicySourceArn),
  handle: async (input, call) => {
    const source = await simulatedSource(input.PolicySourceArn, call.sojourn.state, call.account);
    const documents = await documentsOfSource(source, call);
    const boundary = await boundaryOfSource(source, call);
    const keys = [...documents, boundary].flatMap((document) => (document && contextKeysOf(document.text)) ?? []);
    return { ContextKeyNames: [...keys, ...keysOfInput(input.PolicyInputList ?? [])] };
  },
};
