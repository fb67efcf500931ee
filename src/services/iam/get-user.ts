/** GetUser: without a name, the caller; root is answered too. */
import { iamArn } from '../../base/arn.ts';
import type { GetUserRequest, GetUserResponse, User as UserAnswer } from '../../wire/generated/iam-types.ts';
import type { Call, Operation } from '../operation.ts';
import { onSubject, subjectOf } from './implied-user.ts';
import { users } from './named-records.ts';
import { wholeUser } from './user-answer.ts';

export const getUser: Operation<GetUserRequest, GetUserResponse> = {
  name: 'GetUser',
  permission: onSubject('iam:GetUser'),
  handle: async (input, call) => {
    const subject = subjectOf(input.UserName, call);
    if (subject.kind === 'root') return { User: rootAnswer(call) };
    return { User: wholeUser(await users.find(call.sojourn.state, call.account, subject.name)) };
  },
};

/** Root has neither name nor path; the model requires both, so they are printed empty and `/`. */
function rootAnswer(call: Call): UserAnswer {
  return {
    Path: '/',
    UserName: '',
    UserId: call.account,
    Arn: iamArn(call.account, 'root'),
    CreateDate: new Date(0),
  };
}
