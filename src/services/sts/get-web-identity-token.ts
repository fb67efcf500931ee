/** sts:GetWebIdentityToken. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html */
import { mintOutboundToken } from '../../federation/outbound/outbound-token.ts';
import { OUTBOUND_ALGORITHMS } from '../../federation/outbound/outbound-key.ts';
import { stsArn } from '../../base/arn.ts';
import { stsError } from '../../federation/sts-errors.ts';
import type { Tag } from '../../base/tags.ts';
import type { GetWebIdentityTokenRequest, GetWebIdentityTokenResponse } from '../../wire/generated/sts-types.ts';
import type { Call, Operation, Requirement } from '../operation.ts';
import { signed } from '../signed-call.ts';

/** Seconds, when the request does not say. */
const DEFAULT_DURATION = 300;

/** A token of the caller for a service elsewhere. */
export const getWebIdentityToken: Operation<GetWebIdentityTokenRequest, GetWebIdentityTokenResponse> = {
  name: 'GetWebIdentityToken',
  permission: {
    kind: 'actions',
    actions: ['sts:GetWebIdentityToken', 'sts:TagGetWebIdentityToken'],
    requirements,
  },
  async handle(input, call) {
    const algorithm = OUTBOUND_ALGORITHMS.find((name) => name === input.SigningAlgorithm);
    if (algorithm === undefined) {
      throw stsError(
        'ValidationError',
        'Requested SigningAlgorithm is not supported. See the GetWebIdentityToken documentation for supported algorithms',
      );
    }
    const tags = input.Tags ?? [];
    checkTags(tags);
    const { token, expiration } = await mintOutboundToken(
      { audience: input.Audience, algorithm, duration: input.DurationSeconds ?? DEFAULT_DURATION, tags },
      signed(call),
    );
    return { WebIdentityToken: token, Expiration: expiration };
  },
};

/** Unlike those of sessions, these tags may begin with `aws:` (observed on AWS, September 2026). */
function checkTags(tags: readonly Tag[]): void {
  if (new Set(tags.map((tag) => tag.Key.toLowerCase())).size < tags.length) {
    throw stsError(
      'InvalidParameterValue',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  }
}

/**
 * The condition keys are those of the service authorization reference, which names no resource; the one
 * that is asked about was observed on AWS in September 2026.
 */
function requirements(input: GetWebIdentityTokenRequest, call: Call): readonly Requirement[] {
  const tags = input.Tags ?? [];
  const resource = stsArn(call.account, 'self');
  const context = {
    'sts:IdentityTokenAudience': input.Audience,
    'sts:DurationSeconds': String(input.DurationSeconds ?? DEFAULT_DURATION),
    'sts:SigningAlgorithm': input.SigningAlgorithm,
    ...(tags.length > 0 && { 'aws:TagKeys': tags.map((tag) => tag.Key) }),
    ...Object.fromEntries(tags.map((tag) => [`aws:RequestTag/${tag.Key}`, tag.Value])),
  };
  return [
    { action: 'sts:GetWebIdentityToken', resource, context },
    ...(tags.length > 0 ? [{ action: 'sts:TagGetWebIdentityToken', resource, context }] : []),
  ];
}
