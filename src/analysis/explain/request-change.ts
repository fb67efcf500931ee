/** Which other values in the request would turn the outcome round. */
import type { ContextValue } from '../../policy/context.ts';
import type { Decision } from '../../policy/decision.ts';
import type { Change } from './explanation.ts';
import { githubAdvice } from './github-advice.ts';
import { attempt, grant, joined, withValue, type Granted, type Trial } from './granted-wishes.ts';
import { isTurned } from './progress.ts';
import { MAX_KEYS, possibleWishes } from './request-wishes.ts';
import { namedTexts, wishWords } from './wish-words.ts';
import type { Attempts } from './work-budget.ts';
import { MAX_LISTED } from './wording.ts';

/** Policies in a row that may deny for a value of the request. */
const MAX_STEPS = 4;

/**
 * The smallest change of the request's values that turns the outcome round; undefined when none was found. Each kind of
 * policy that denies may wish for values of its own, so wishes are gathered one policy after the other, and granted
 * together: what one of them asks for may not be what another forbids.
 */
export function requestChange(decision: Decision, attempts: Attempts): Change | undefined {
  let granted: Granted = { wishes: new Map(), witnesses: new Map(), decision };
  for (let step = 0; step < MAX_STEPS; step++) {
    const trial: Trial = { request: decision.request, before: granted.decision, ...attempts };
    const next = nextStep(granted, trial);
    if (next === undefined) return undefined;
    granted = next;
    if (isTurned(granted.decision, decision)) {
      return {
        of: 'request',
        outcome: granted.decision.outcome,
        edits: editsOf(granted, { ...trial, before: decision }),
      };
    }
  }
  return undefined;
}

/** Of the steps that lead nearer the one that changes the fewest keys; of equals the first, which belongs to the nearer statement. */
function nextStep(at: Granted, trial: Trial): Granted | undefined {
  let found: Granted | undefined;
  for (const added of possibleWishes(at.decision, trial.request)) {
    if (!trial.budget.affords(trial.cost)) return found;
    const wishes = joined(at.wishes, added);
    if (wishes.size > MAX_KEYS || (found !== undefined && found.wishes.size <= wishes.size)) continue;
    found = grant(wishes, trial) ?? found;
    // No step changes fewer keys than one more.
    if (found !== undefined && found.wishes.size <= at.wishes.size + 1) break;
  }
  return found;
}

function editsOf(granted: Granted, trial: Trial): readonly string[] {
  const { context } = trial.request;
  return [...granted.wishes].map(([contextKey, wishes]) => {
    const key = wishes[0]?.condition.key ?? contextKey;
    const value = granted.decision.request.context.get(contextKey);
    const working = workingTexts(contextKey, granted, trial);
    const words = wishWords({ key, actual: context.get(contextKey), wishes, value, working });
    const meant = working[0] ?? value;
    const isWritten = wishes.some(({ condition }) => condition.values.some((text) => text === meant));
    const advice = typeof meant === 'string' && isWritten ? githubAdvice(contextKey, meant, trial.request) : undefined;
    return advice === undefined ? words : `${words}: ${advice}`;
  });
}

/**
 * The values to be named that turn the outcome round, each tried in its turn while the other keys stay; values that are
 * only counted, not told, are not tried.
 */
function workingTexts(contextKey: string, granted: Granted, trial: Trial): readonly string[] {
  const { context } = granted.decision.request;
  const value = context.get(contextKey);
  const ways = granted.witnesses.get(contextKey) ?? [];
  const texts = new Set(ways.map((way) => singleText(way.value)).filter((text) => text !== undefined));
  const working: string[] = [];
  for (const text of namedTexts(granted.wishes.get(contextKey) ?? [], [...texts])) {
    if (!texts.has(text)) continue;
    if (text === singleText(value) || working.length >= MAX_LISTED) {
      working.push(text);
      continue;
    }
    const other = withValue(context, contextKey, typeof value === 'string' ? text : [text]);
    const after = attempt(other, trial);
    if (after !== undefined && isTurned(after, trial.before)) working.push(text);
  }
  return working;
}

function singleText(value: ContextValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return value?.length === 1 ? value[0] : undefined;
}
