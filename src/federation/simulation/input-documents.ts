/**
 * The documents that come in a simulator's request, checked and read. Sentences as observed on AWS in September 2026,
 * except that about their length and those about the contents of service control policies, which are ours.
 */
import { validatePolicy } from '../../policy/validate.ts';
import { invalidInput, invalidPolicyInput } from './invalid-input.ts';
import type { SimulatedDocument } from './simulated-document.ts';
import { inOrder, type Turns } from './turns.ts';

/** Characters of all documents of a request together: each of its actions and resources is asked of all of them. */
const DOCUMENTS_LIMIT = 262_144;

/** Texts as they were sent. */
export interface SentDocuments {
  readonly identity: readonly string[];
  readonly boundary: readonly string[];
  /** Hypothetical levels of service control policies, root first; undefined: none are thought of. */
  readonly organization: readonly (readonly string[])[] | undefined;
  readonly resource: string | undefined;
}

/** All but the resource policy (`resource-input.ts`). */
export interface InputDocuments {
  readonly identity: readonly SimulatedDocument[];
  readonly boundary: SimulatedDocument | undefined;
  readonly organization: readonly (readonly SimulatedDocument[])[] | undefined;
}

/** Throws `InvalidInput` for what the simulator would not read. */
export async function readInputDocuments(sent: SentDocuments, turns: Turns): Promise<InputDocuments> {
  const { identity, boundary, organization, resource = '' } = sent;
  checkDocumentsLength([...identity, ...boundary, ...(organization ?? []).flat(), resource]);
  return {
    identity: await inOrder(identity, (text, index) => readItem(`PolicyInputList.${index + 1}`, text, index, turns)),
    boundary: await readBoundary(boundary, turns),
    organization: organization && (await inOrder(organization, (level, index) => readLevel(level, index, turns))),
  };
}

/** Throws `InvalidInput` when documents have too many characters together. */
export function checkDocumentsLength(texts: readonly string[]): void {
  if (texts.reduce((sum, text) => sum + text.length, 0) > DOCUMENTS_LIMIT) {
    throw invalidInput(`The policies of the request have more than ${DOCUMENTS_LIMIT} characters.`);
  }
}

async function readBoundary([text, ...more]: readonly string[], turns: Turns): Promise<SimulatedDocument | undefined> {
  if (text === undefined) return undefined;
  if (more.length > 0) throw invalidInput('The list of Permissions Boundary policies cannot exceed 1 items.');
  return readItem('PermissionsBoundaryPolicyInputList.1', text, 0, turns);
}

async function readItem(id: string, text: string, index: number, turns: Turns): Promise<SimulatedDocument> {
  const document = await readDocument(id, text, turns);
  if (document === undefined) throw invalidPolicyInput(index);
  return document;
}

async function readLevel(texts: readonly string[], index: number, turns: Turns): Promise<readonly SimulatedDocument[]> {
  const level = `Organization policy at index ${index + 1}`;
  if (texts.length === 0) throw invalidInput(`${level} must contain at least one service control policy`);
  return inOrder(texts, async (text) => {
    const document = await readDocument(`level ${index + 1}`, text, turns);
    if (document === undefined) throw invalidInput(`${level} has invalid content`);
    return document;
  });
}

/** Undefined for a text that the simulator would not read as a policy of a caller. */
async function readDocument(id: string, text: string, turns: Turns): Promise<SimulatedDocument | undefined> {
  await turns.document(text);
  const read = validatePolicy(text, 'simulatedIdentity');
  return read.kind === 'valid' ? { id, text, tree: read.policy } : undefined;
}
