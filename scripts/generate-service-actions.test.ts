/** The committed table of actions is what the generator makes of the package that it names. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { generateServiceActions, SERVICE_ACTIONS_FILE } from './generate-service-actions.ts';

test('the committed table of actions is what the generator makes', () => {
  assert.ok(readFileSync(SERVICE_ACTIONS_FILE, 'utf8') === generateServiceActions(), 'run npm run generate');
});
