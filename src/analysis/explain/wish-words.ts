/** How a value that would turn a decision round is named: the values themselves, or what every such value has in common. */
import type { ContextValue } from '../../policy/context.ts';
import { baseName, familyOf } from './operator-family.ts';
import { inclusiveBound, relationWords } from './relation.ts';
import { isAboutEveryValue, isSought, type Wish } from './witness.ts';
import { listOf, oneOf } from './wording.ts';

/** What is to be said of one key of the request. */
export interface GrantedKey {
  /** As written in a policy. */
  readonly key: string;
  readonly actual: ContextValue | undefined;
  /** All wishes about the key. */
  readonly wishes: readonly Wish[];
  /** A value that was tried and works; undefined when the key has to be absent. */
  readonly value: ContextValue | undefined;
  /** Those of {@link namedTexts} that were tried, each in its turn, and work. */
  readonly working: readonly string[];
}

/** Relations beyond these make no sentence: a value that works is named instead. */
const MAX_RELATIONS = 3;

/** A sentence without its full stop: `aws:SourceIp would have to be an address in "10.0.0.0/8"`. */
export function wishWords({ key, actual, wishes, value, working }: GrantedKey): string {
  if (value === undefined) return `the request would have to lack ${key}`;
  const told = wishes.filter(({ condition }) => !condition.presence && condition.values.length > 0);
  if (told.every(isGrantedByAnyValue)) return `the request would have to carry ${key}`;
  const isList =
    typeof value !== 'string' && (value.length > 1 || (typeof actual !== 'string' && actual !== undefined));
  const head = (of: readonly Wish[]): string => `${isList ? whichValues(of) : ''}${key} would have to be `;
  // Several conditions on a list may be met by a value each, so none of them names values for all.
  const isListed = told.some(listsValues) && (!isList || told.length === 1);
  if (working.length > 0 && isListed) return `${head(told)}${oneOf(working)}`;
  const relations = [...new Set(told.map((wish) => `${head([wish])}${held(wish, value) ?? relationWords(wish)}`))];
  const bounds = told.map(inclusiveBound).filter((text) => text !== undefined);
  if (isListed || relations.length > MAX_RELATIONS || !bounds.every((text) => working.includes(text))) {
    return `${key} would have to be ${shown(value)}, for instance`;
  }
  const [first = '', ...further] = relations;
  // Two values of a list may each be as one condition wants; one value, or every one, has to be as all want.
  const begin = told.every((wish) => isList && !isAboutEveryValue(wish)) ? '' : head(told.slice(0, 1));
  const shorter = further.map((words) => (words.startsWith(begin) ? words.slice(begin.length) : words));
  return [first, ...shorter].join(' and ');
}

/** The texts that the sentence may name as good; each of them has to be tried. */
export function namedTexts(wishes: readonly Wish[], granted: readonly string[]): readonly string[] {
  const bounds = wishes.map(inclusiveBound).filter((text) => text !== undefined);
  if (!wishes.some(listsValues)) return bounds;
  // Beside the policy's own spellings others of the same number or truth need no mention.
  const written = new Set(wishes.filter(listsValues).flatMap(({ condition }) => condition.values));
  const own = granted.filter((text) => written.has(text));
  return own.length > 0 ? own : granted;
}

/** Whether the condition compares with each of its values for itself, and so names all that it takes. */
function listsValues({ condition, wanted }: Wish): boolean {
  const { operator } = condition;
  if (familyOf(operator) === 'truth') return true;
  return isSought(condition, wanted) && LISTING.has(baseName(operator).replace('Not', ''));
}

const LISTING: ReadonlySet<string> = new Set([
  'StringEquals',
  'StringEqualsIgnoreCase',
  'NumericEquals',
  'DateEquals',
  'BinaryEquals',
]);

/** `"*"` is like everything. */
function isGrantedByAnyValue({ condition, wanted }: Wish): boolean {
  return familyOf(condition.operator) === 'pattern' && isSought(condition, wanted) && condition.values.includes('*');
}

/** The value of a list that was tried and is one of the condition's. */
function held(wish: Wish, value: ContextValue): string | undefined {
  const text = wish.condition.values.find((one) => typeof value !== 'string' && value.includes(one));
  return text !== undefined && listsValues(wish) ? `"${text}"` : undefined;
}

function whichValues(wishes: readonly Wish[]): string {
  return wishes.every(isAboutEveryValue) ? 'every value of ' : 'some value of ';
}

function shown(value: ContextValue): string {
  return typeof value === 'string' ? `"${value}"` : `[${listOf(value)}]`;
}
