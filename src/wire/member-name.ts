/** A member's name as validation messages and CloudTrail print it: the first letter in lower case, nothing else changed. */
export function lowerCamel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
