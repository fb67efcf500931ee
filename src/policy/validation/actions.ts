/** How actions are written: `prefix:name`, or `*`. */

const VENDOR = /^[A-Za-z0-9*?.-]+$/;

/** AWS's sentence about an action that is not written as one; undefined when it is. Unknown actions are fine. */
export function actionFault(action: string): string | undefined {
  if (action === '*') return undefined;
  const [vendor, name, ...more] = action.split(':');
  if (vendor === undefined || name === undefined) {
    return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
  }
  if (more.length > 0) return 'Actions/Condition can contain only one colon.';
  if (!VENDOR.test(vendor)) return `Vendor ${vendor} is not valid`;
  return undefined;
}
