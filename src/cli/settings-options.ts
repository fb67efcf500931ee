/** The settings as options of `dev` and `serve`, and as read from an invocation. */
import { readFileSync } from 'node:fs';
import type { Invocation, Option } from './command.ts';
import { readSettings, type SettingsAnswer } from './read-settings.ts';
import { SETTINGS, variableOf } from './settings.ts';

const CONFIG: Option = { name: 'config', value: 'FILE', help: 'YAML file with any of these settings.' };

/** One option a setting; the help says default and variable. */
export const SETTING_OPTIONS: readonly Option[] = [
  CONFIG,
  ...SETTINGS.map((row) => ({
    name: row.name,
    value: row.value,
    help: `${row.help}${row.default === undefined ? '' : ` Default ${row.default}.`} [${variableOf(row.name)}]`,
    ...(row.kind === 'list' && { repeatable: true as const }),
  })),
];

/** Flags, variables and file of this call, checked. */
export function settingsOf(call: Invocation): SettingsAnswer {
  return readSettings({
    flags: call.options,
    env: call.env,
    config: call.options['config']?.[0] ?? call.env['SOJOURN_CONFIG'],
    readFile: (path) => readFileSync(path, 'utf8'),
  });
}
