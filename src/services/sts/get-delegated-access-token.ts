/** sts:GetDelegatedAccessToken. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetDelegatedAccessToken.html */
import { stsError } from '../../federation/sts-errors.ts';
import type {
  GetDelegatedAccessTokenRequest,
  GetDelegatedAccessTokenResponse,
} from '../../wire/generated/sts-types.ts';
import type { Operation } from '../operation.ts';

/** Refused: trade-in tokens come from delegation requests of IAM, which Sojourn does not have, so none can be valid. */
export const getDelegatedAccessToken: Operation<GetDelegatedAccessTokenRequest, GetDelegatedAccessTokenResponse> = {
  name: 'GetDelegatedAccessToken',
  permission: {
    kind: 'actions',
    actions: ['sts:GetDelegatedAccessToken'],
    requirements: () => [{ action: 'sts:GetDelegatedAccessToken', resource: '*' }],
  },
  async handle() {
    throw stsError(
      'ExpiredTradeInTokenException',
      'The trade-in token is expired or not valid: Sojourn does not support delegation requests.',
    );
  },
};
