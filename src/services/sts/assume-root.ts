/** sts:AssumeRoot. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html */
import { iamArn, isAccountId } from '../../base/arn.ts';
import { stsError } from '../../federation/sts-errors.ts';
import type { AssumeRootRequest, AssumeRootResponse } from '../../wire/generated/sts-types.ts';
import type { Operation } from '../operation.ts';
import { signed } from '../signed-call.ts';

const ROOT = /^arn:aws:iam::[0-9]{12}:root$/;
/** Where AWS's managed policies for this call are. */
const TASK_POLICIES = 'arn:aws:iam::aws:policy/root-task/';

/**
 * Refused as in an organization where central root access is not switched on, in the words and after the
 * checks observed on AWS in September 2026: Sojourn has no such switch.
 */
export const assumeRoot: Operation<AssumeRootRequest, AssumeRootResponse> = {
  name: 'AssumeRoot',
  permission: { kind: 'own', how: 'Always refused: there is no central root access.', actions: ['sts:AssumeRoot'] },
  async handle({ TargetPrincipal: target, TaskPolicyArn: task }, call) {
    if (!isAccountId(target) && !ROOT.test(target)) {
      throw stsError('ValidationError', 'Request must contain a valid target principal');
    }
    if (task.arn?.startsWith(TASK_POLICIES) !== true) {
      throw stsError('ValidationError', 'Request must contain valid AWS managed task policy ARN');
    }
    const resource = isAccountId(target) ? iamArn(target, 'root') : target;
    throw stsError(
      'AccessDenied',
      `User: ${signed(call).caller.arn} is not authorized to perform: sts:AssumeRoot on resource: ${resource}`,
      { reason: 'Sojourn has no central root access (RootSessions): nobody can assume the root of a member account' },
    );
  },
};
