/** Aliases are unique over all accounts: beside `{account}` → alias stands `alias/{alias}` → account. */

/** Key of the row that claims the alias. */
export function aliasKey(alias: string): string {
  return `alias/${alias}`;
}
