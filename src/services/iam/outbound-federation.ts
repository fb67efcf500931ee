/** What the three operations of outbound identity federation share. */
import { iamError } from './errors.ts';
import type { ServiceError } from '../../base/service-error.ts';

/** Asked of an account that has the feature switched off, or never had it on. */
export function featureDisabled(): ServiceError {
  return iamError('FeatureDisabled', 'Outbound identity federation is not enabled for your account.');
}
