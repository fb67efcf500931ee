/** sts:GetWebIdentityToken. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html */
import { mintOutboundToken } from '../../federation/outbound/outbound-token.ts';
import { OUTBOUND_ALGORITHMS } from '../../federation/outbound/outbound-key.ts';
import { checkSessionTags } from '../../federation/session-limits.ts';
import { stsError } from '../../federation/sts-errors.ts';
import type { GetWebIdentityTokenRequest, GetWebIdentityTokenResponse } from '../../wire/generated/sts-types.ts';
import type { Operation, Requirement } from '../operation.ts';
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
        `The signing algorithm ${input.SigningAlgorithm} is not supported. Valid values: ${OUTBOUND_ALGORITHMS.join(', ')}.`,
      );
    }
    const tags = input.Tags ?? [];
    checkSessionTags(tags, []);
    const { token, expiration } = await mintOutboundToken(
      { audience: input.Audience, algorithm, duration: input.DurationSeconds ?? DEFAULT_DURATION, tags },
      signed(call),
    );
    return { WebIdentityToken: token, Expiration: expiration };
  },
};

/** The condition keys are those of the service authorization reference; the action has no resource. */
function requirements(input: GetWebIdentityTokenRequest): readonly Requirement[] {
  const tags = input.Tags ?? [];
  const context = {
    'sts:IdentityTokenAudience': input.Audience,
    'sts:DurationSeconds': String(input.DurationSeconds ?? DEFAULT_DURATION),
    'sts:SigningAlgorithm': input.SigningAlgorithm,
    ...(tags.length > 0 && { 'aws:TagKeys': tags.map((tag) => tag.Key) }),
    ...Object.fromEntries(tags.map((tag) => [`aws:RequestTag/${tag.Key}`, tag.Value])),
  };
  return [
    { action: 'sts:GetWebIdentityToken', resource: '*', context },
    ...(tags.length > 0 ? [{ action: 'sts:TagGetWebIdentityToken', resource: '*', context }] : []),
  ];
}
