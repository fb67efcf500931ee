/** GetContextKeysForPrincipalPolicy: the condition keys that an entity's policies look at, and the given documents. */
import { contextKeysOf, distinctKeys } from '../../federation/policy-context-keys.ts';
import type {
  GetContextKeysForPolicyResponse,
  GetContextKeysForPrincipalPolicyRequest,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { keysOfInput } from './input-policies.ts';
import { onResource } from './permissions.ts';
import { documentsOfSource, policySource } from './policy-source.ts';

export const getContextKeysForPrincipalPolicy: Operation<
  GetContextKeysForPrincipalPolicyRequest,
  GetContextKeysForPolicyResponse
> = {
  name: 'GetContextKeysForPrincipalPolicy',
  permission: onResource('iam:GetContextKeysForPrincipalPolicy', (input) => input.PolicySourceArn),
  handle: async (input, call) => {
    const source = await policySource(input.PolicySourceArn, call.sojourn.state, call.account);
    const documents = await documentsOfSource(source, call);
    const keys = documents.flatMap(({ text }) => contextKeysOf(text) ?? []);
    return { ContextKeyNames: distinctKeys([...keys, ...keysOfInput(input.PolicyInputList ?? [])]) };
  },
};
