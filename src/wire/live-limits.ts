/** Where live AWS is known to differ from its own public model. Shape name → what replaces the model's limits. */
import type { ServiceModel } from './model.ts';

export interface LengthLimits {
  readonly min?: number;
  readonly max?: number;
}

export const LIVE_LIMITS: Readonly<Record<ServiceModel['service'], Readonly<Record<string, LengthLimits>>>> = {
  sts: {
    // The model says 64; regional STS took 256 characters and refused 257 (reference aws-federation 1.5).
    sourceIdentityType: { max: 256 },
  },
  iam: {},
  s3: {},
  organizations: {},
  cloudtrail: {},
};
