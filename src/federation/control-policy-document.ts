/** Service and resource control policies as Organizations stores them: checked when they are written, never again. */
import { validatePolicy } from '../policy/validate.ts';
import type { OrganizationPolicyType } from '../storage/state/organization-records.ts';

/** Why the type does not take the document, in Organizations' sentence; undefined when it does. */
export function controlPolicyFault(text: string, type: OrganizationPolicyType): string | undefined {
  const result = validatePolicy(text, type === 'SERVICE_CONTROL_POLICY' ? 'scp' : 'rcp');
  return result.kind === 'malformed' ? result.message : undefined;
}
