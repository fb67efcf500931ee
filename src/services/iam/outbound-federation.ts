/** What the three operations of outbound identity federation share. */
import type { AccountId } from '../../base/arn.ts';
import { iamError } from './errors.ts';
import type { ServiceError } from '../../base/service-error.ts';

/**
 * Asked of an account that has the feature switched off, or never had it on (observed on AWS, September 2026).
 *
 * @param state `already disabled` when it was to be switched off
 */
export function featureDisabled(account: AccountId, state: 'disabled' | 'already disabled'): ServiceError {
  return iamError('FeatureDisabled', `Outbound identity federation is ${state} for account ${account}`);
}
