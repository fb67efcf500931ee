/** Compiled policies by the text they came from: a document is parsed and compiled once, not per request. */
import { compilePolicy, unreadablePolicy, type CompiledPolicy } from './compile.ts';
import { parsePolicy } from './parse.ts';

/** Keeps the most recently used policies. */
export class PolicyCache {
  readonly #limit: number;
  readonly #reading: (policy: CompiledPolicy) => CompiledPolicy;
  /** In order of last use, oldest first. */
  readonly #policies = new Map<string, CompiledPolicy>();

  /**
   * @param limit how many compiled policies to keep at most
   * @param reading what is made of each compiled policy before it is kept: as it is, unless told otherwise
   */
  constructor(limit: number, reading: (policy: CompiledPolicy) => CompiledPolicy = (policy) => policy) {
    this.#limit = limit;
    this.#reading = reading;
  }

  /** How many policies are held. */
  get size(): number {
    return this.#policies.size;
  }

  /** The compiled form of a stored document. One that no longer parses allows nothing and carries its problems. */
  get(text: string): CompiledPolicy {
    const held = this.#policies.get(text);
    if (held !== undefined) {
      this.#policies.delete(text);
      this.#policies.set(text, held);
      return held;
    }
    const parsed = parsePolicy(text);
    const compiled = this.#reading(
      parsed.kind === 'policy' ? compilePolicy(parsed.policy) : unreadablePolicy(parsed.problems),
    );
    this.#policies.set(text, compiled);
    const oldest = this.#policies.keys().next();
    if (this.#policies.size > this.#limit && oldest.done !== true) this.#policies.delete(oldest.value);
    return compiled;
  }
}
