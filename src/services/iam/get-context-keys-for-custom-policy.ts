/** GetContextKeysForCustomPolicy: the condition keys that the given documents look at. */
import { distinctKeys } from '../../federation/policy-context-keys.ts';
import type {
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { keysOfInput } from './input-policies.ts';
import { onResource } from './permissions.ts';

export const getContextKeysForCustomPolicy: Operation<
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse
> = {
  name: 'GetContextKeysForCustomPolicy',
  permission: onResource('iam:GetContextKeysForCustomPolicy', () => '*'),
  handle: async (input) => ({ ContextKeyNames: distinctKeys(keysOfInput(input.PolicyInputList)) }),
};
