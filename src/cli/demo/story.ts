/** How the demo tells: numbered steps, each with its result, a wait shown only on a terminal. */
import type { Invocation } from '../command.ts';

/** How a chapter speaks. */
export interface Story {
  /** Begins a chapter. */
  readonly chapter: (title: string) => void;
  /** Runs one step and prints its result under its title. */
  readonly step: <T>(title: string, run: () => Promise<T>, result: (value: T) => string) => Promise<T>;
}

/** Why the demo cannot go on, as a sentence. */
export class DemoFailure extends Error {}

/** A story told on the output of this call. */
export function tellTo(call: Invocation): Story {
  let number = 0;
  return {
    chapter: (title) => call.out(`\n${title}\n${'─'.repeat(title.length)}`),
    step: async (title, run, result) => {
      number++;
      call.out(`\n${number}. ${title}`);
      const value = await run();
      const text = result(value);
      if (text !== '') call.out(indented(text));
      return value;
    },
  };
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `   ${line}`))
    .join('\n');
}
