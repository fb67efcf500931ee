/** sts:AssumeRoot. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html */
import { accountRootArn } from './account-root-arn.ts';
import { stsError } from '../../federation/sts-errors.ts';
import type { AssumeRootRequest, AssumeRootResponse } from '../../wire/generated/sts-types.ts';
import type { Operation } from '../operation.ts';
import { signed } from '../signed-call.ts';

/** Refused as in an organization where central root access is not switched on: Sojourn has no such switch. */
export const assumeRoot: Operation<AssumeRootRequest, AssumeRootResponse> = {
  name: 'AssumeRoot',
  permission: {
    kind: 'actions',
    actions: ['sts:AssumeRoot'],
    requirements: (input) => [
      {
        action: 'sts:AssumeRoot',
        resource: accountRootArn(input.TargetPrincipal),
        context: { 'sts:TaskPolicyArn': input.TaskPolicyArn.arn ?? '' },
      },
    ],
  },
  async handle(input, call) {
    const target = accountRootArn(input.TargetPrincipal);
    throw stsError(
      'AccessDenied',
      `User: ${signed(call).caller.arn} is not authorized to perform: sts:AssumeRoot on resource: ${target}`,
      { reason: 'Sojourn has no central root access (RootSessions): nobody can assume the root of a member account' },
    );
  },
};
