/** The root user that AssumeRoot is asked for: by account id or by ARN. */
import { iamArn, isAccountId } from '../../base/arn.ts';

/** `arn:aws:iam::111122223333:root` of an account id; an ARN, or anything else, as it is. */
export function accountRootArn(target: string): string {
  return isAccountId(target) ? iamArn(target, 'root') : target;
}
