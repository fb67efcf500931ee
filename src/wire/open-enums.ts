/**
 * Enumerations that the wire does not hold senders to: live values beyond the model's are legal, and
 * the operation refuses the others in its own words.
 */
export const OPEN_ENUMS: ReadonlySet<string> = new Set([
  // `InvalidLocationConstraint` is CreateBucket's to say, which knows its own region.
  'BucketLocationConstraint',
  // Notification configurations are stored for whoever reads them; AWS adds events every year.
  'Event',
  // Live IAM answers `Policy`, which is not in its model (observed in 2026).
  'PermissionsBoundaryAttachmentType',
  // The simulators answer `IAM Policy` and `Resource Policy` (recorded: reference aws-federation 8.2).
  'PolicySourceType',
]);

/** Whether a text may stand where the enumeration is due. */
export function admits(shapeName: string, values: readonly string[] | undefined, text: string): boolean {
  return values === undefined || OPEN_ENUMS.has(shapeName) || values.includes(text);
}
