/** Reads the options of a simulated job; the first fault ends as a sentence, not as an exception. */
import type { Minted, MintOption, MintOptions } from './profile.ts';

/**
 * The options of one job. Reading never fails at once: what is wrong is remembered, the first fault
 * counts, and {@link JobOptions.minted} answers with it instead of the claims.
 */
export class JobOptions {
  readonly #options: MintOptions;
  #why: string | undefined;

  /** @param known the options that such a job has; when given, any other is a fault */
  constructor(options: MintOptions, known?: readonly MintOption[]) {
    this.#options = options;
    const stray = Object.keys(options).find((name) => known?.some((option) => option.name === name) === false);
    if (stray !== undefined) this.refuse(`there is no option --${stray} for this provider`);
  }

  /** The option's text as given, empty too; undefined when it is absent. */
  given(name: string): string | undefined {
    const value = this.#options[name];
    if (value === true) this.refuse(`--${name} needs a value`);
    return typeof value === 'string' ? value : undefined;
  }

  /** The option's text; undefined when it is absent or empty. */
  optional(name: string): string | undefined {
    const value = this.given(name);
    return value === '' ? undefined : value;
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  flag(name: string): boolean {
    const value = this.#options[name];
    if (typeof value === 'string' && value !== 'true' && value !== 'false') this.refuse(`--${name} takes no value`);
    return value === true || value === 'true';
  }

  /** One of a closed list of words; the first is the default. */
  choice<const Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const value = this.optional(name);
    const word = value === undefined ? words[0] : words.find((candidate) => candidate === value);
    if (word === undefined) this.refuse(`--${name} is one of ${words.join(', ')}, not ${value}`);
    return word ?? words[0];
  }

  /** Decimal digits, kept as text: an id or a counter. Google's have 21. */
  digits(name: string, fallback: string): string {
    const value = this.text(name, fallback);
    if (!/^[0-9]{1,21}$/.test(value)) this.refuse(`--${name} is a decimal number, not ${value}`);
    return value;
  }

  /** A whole number from 1 to a year's seconds: a lifetime or a counter that is a number in the token. */
  number(name: string, fallback: number): number {
    const value = Number(this.digits(name, String(fallback)));
    if (value < 1 || value > 31_536_000) this.refuse(`--${name} is from 1 to 31536000, not ${value}`);
    return value;
  }

  /** Parts of a list parted by commas, blanks around them dropped. */
  list(name: string): string[] {
    const value = this.optional(name);
    return value === undefined ? [] : value.split(',').map((part) => part.trim());
  }

  /** Remembers why there is no such job, unless something else was wrong before. */
  refuse(why: string): void {
    this.#why ??= why;
  }

  /** What {@link refuse} remembered first. */
  get why(): string | undefined {
    return this.#why;
  }

  /** The claims, those that are undefined left out; or the first fault. */
  minted(claims: Readonly<Record<string, unknown>>): Minted {
    if (this.#why !== undefined) return { kind: 'impossible', why: this.#why };
    return {
      kind: 'claims',
      claims: Object.fromEntries(Object.entries(claims).filter((claim) => claim[1] !== undefined)),
    };
  }
}
