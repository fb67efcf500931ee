/** sts:GetSessionToken. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
import { issueSession } from '../../federation/issue-session.ts';
import { stsError } from '../../federation/sts-errors.ts';
import type { GetSessionTokenRequest, GetSessionTokenResponse } from '../../wire/generated/sts-types.ts';
import type { Operation } from '../operation.ts';
import { signed } from '../signed-call.ts';
import { LONG_TERM_DURATION, ROOT_LONGEST_DURATION } from './long-term-durations.ts';
import { refuseMfa } from './mfa.ts';

export const getSessionToken: Operation<GetSessionTokenRequest, GetSessionTokenResponse> = {
  name: 'GetSessionToken',
  permission: {
    kind: 'none',
    why: 'Long-term credentials may always be exchanged for temporary ones of the same user.',
  },
  async handle(input, call) {
    const { caller } = signed(call);
    if (caller.session !== undefined) {
      throw stsError('AccessDenied', 'Cannot call GetSessionToken with session credentials');
    }
    refuseMfa(input);
    const user = caller.kind === 'user' ? caller.user : undefined;
    const asked = input.DurationSeconds ?? LONG_TERM_DURATION;
    const duration = user === undefined ? Math.min(asked, ROOT_LONGEST_DURATION) : asked;
    const credentials = issueSession(
      { kind: 'user', account: caller.account, userId: user?.id, userName: user?.name },
      call.now,
      duration,
      call.sojourn,
    );
    return { Credentials: credentials };
  },
};
