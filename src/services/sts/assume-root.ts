/** sts:AssumeRoot. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html */
import { iamArn, isAccountId } from '../../base/arn.ts';
import { stsError } from '../../federation/sts-errors.ts';
import type { AssumeRootRequest, AssumeRootResponse } from '../../wire/generated/sts-types.ts';
import type { Operation } from '../operation.ts';
import { signed } from '../signed-call.ts';

/** Refused as in an organization where central root access is not switched on: Sojourn has no such switch. */
export const assumeRoot: Operation<AssumeRootRequest, AssumeRootResponse> = {
  name: 'AssumeRoot',
  permission: { kind: 'own', how: 'Always refused: there is no central root access.', actions: ['sts:AssumeRoot'] },
  async handle({ TargetPrincipal: target }, call) {
    const resource = isAccountId(target) ? iamArn(target, 'root') : target;
    throw stsError(
      'AccessDenied',
      `User: ${signed(call).caller.arn} is not authorized to perform: sts:AssumeRoot on resource: ${resource}`,
      { reason: 'Sojourn has no central root access (RootSessions): nobody can assume the root of a member account' },
    );
  },
};
