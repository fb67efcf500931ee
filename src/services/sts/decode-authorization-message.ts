/** sts:DecodeAuthorizationMessage. https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html */
import { openAuthorizationMessage } from '../../federation/authorization-message.ts';
import { stsError } from '../../federation/sts-errors.ts';
import type {
  DecodeAuthorizationMessageRequest,
  DecodeAuthorizationMessageResponse,
} from '../../wire/generated/sts-types.ts';
import type { Operation } from '../operation.ts';

/** Opens what the denials of this account carry in `x-sojourn-authorization-message`. */
export const decodeAuthorizationMessage: Operation<
  DecodeAuthorizationMessageRequest,
  DecodeAuthorizationMessageResponse
> = {
  name: 'DecodeAuthorizationMessage',
  permission: {
    kind: 'actions',
    actions: ['sts:DecodeAuthorizationMessage'],
    requirements: () => [{ action: 'sts:DecodeAuthorizationMessage', resource: '*' }],
  },
  async handle(input, call) {
    const message = openAuthorizationMessage(input.EncodedMessage, call.account, call.sojourn);
    if (message === undefined) throw stsError('InvalidAuthorizationMessageException', 'Message is not valid');
    return { DecodedMessage: message };
  },
};
