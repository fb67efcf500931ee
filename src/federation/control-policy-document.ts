/** Service and resource control policies as Organizations stores them: checked when they are written, never again. */
import { readJson, type JsonMember, type JsonNode } from '../policy/json.ts';
import { validatePolicy } from '../policy/validate.ts';
import type { OrganizationPolicyType } from '../storage/state/organization-records.ts';

/** Why the type does not take the document, in Organizations' sentence; undefined when it does. */
export function controlPolicyFault(text: string, type: OrganizationPolicyType): string | undefined {
  const result = validatePolicy(text, type === 'SERVICE_CONTROL_POLICY' ? 'scp' : 'rcp');
  return result.kind === 'malformed' ? result.message : undefined;
}

/** Elements in the order in which AWS prints them. */
const POLICY_ORDER = ['Version', 'Id', 'Statement'];
const STATEMENT_ORDER = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'NotResource', 'Condition'];
/** What a document without a Version is. */
const FIRST_VERSION = '"2008-10-17"';

/**
 * The document as Organizations hands it out again: a service control policy as it was sent, a resource
 * control policy printed anew, without white space, with its Version and its statements in a list
 * (observed on AWS, September 2026). Every value stays as it was written: a list of one, a number's digits.
 *
 * @param text a document in which {@link controlPolicyFault} found no fault
 */
export function keptControlPolicy(text: string, type: OrganizationPolicyType): string {
  if (type === 'SERVICE_CONTROL_POLICY') return text;
  const document = readJson(text);
  if (document.kind !== 'json' || document.root.kind !== 'object') throw new TypeError('a policy is a JSON object');
  const members = document.root.members.map(policyMember);
  if (!document.root.members.some((member) => member.name.text === 'Version')) {
    members.push({ name: 'Version', text: `"Version":${FIRST_VERSION}` });
  }
  return objectText(members, POLICY_ORDER);
}

/** One member of an object: its name to sort by, and all of it as text. */
interface Printed {
  readonly name: string;
  readonly text: string;
}

function policyMember(member: JsonMember): Printed {
  const { name, value } = member;
  if (name.text !== 'Statement') return printed(member, jsonText(value));
  const statements = value.kind === 'array' ? value.items : [value];
  return printed(member, `[${statements.map(statementText).join(',')}]`);
}

function statementText(statement: JsonNode): string {
  if (statement.kind !== 'object') return jsonText(statement);
  return objectText(
    statement.members.map((member) => printed(member, jsonText(member.value))),
    STATEMENT_ORDER,
  );
}

function objectText(members: readonly Printed[], order: readonly string[]): string {
  const sorted = members.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  return `{${sorted.map(({ text }) => text).join(',')}}`;
}

function printed(member: JsonMember, value: string): Printed {
  return { name: member.name.text, text: `${JSON.stringify(member.name.text)}:${value}` };
}

/** The value without white space between its parts. */
function jsonText(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.members.map((member) => printed(member, jsonText(member.value)).text).join(',')}}`;
    case 'array':
      return `[${node.items.map(jsonText).join(',')}]`;
    case 'string':
      return JSON.stringify(node.text);
    case 'number':
    case 'boolean':
    case 'null':
      return node.text;
    default:
      return node satisfies never;
  }
}
