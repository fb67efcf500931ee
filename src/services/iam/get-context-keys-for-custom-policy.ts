/** GetContextKeysForCustomPolicy: the condition keys that the given documents look at. */
import type {
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse,
} from '../../wire/generated/iam-types.ts';
import type { Operation } from '../operation.ts';
import { keysOfInput } from './input-policies.ts';
import { onResource } from './permissions.ts';

/** Throws `InvalidInput`. */
export const getContextKeysForCustomPolicy: Operation<
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse
> = {
  name: 'GetContextKeysForCustomPolicy',
  permission: onResource('iam:GetContextKeysForCustomPolicy', () => '*'),
  handle: async (input) => ({ ContextKeyNames: keysOfInput(input.PolicyInputList) }),
};
