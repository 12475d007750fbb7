/** Reading JSON of unknown shape: a value and where it stands, so that whatever is wrong is refused in one sentence that names the place. */

/** The file cannot be read; the message is the sentence for the person who gave it. */
export class Unreadable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unreadable';
  }
}

export class Place {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path: string) {
    this.value = value;
    this.path = path;
  }

  refuse(allowed: string): never {
    throw new Unreadable(`${this.path} is ${show(this.value)}; allowed: ${allowed}.`);
  }

  field(name: string): Place {
    const value = this.#own(name);
    if (value === undefined) throw new Unreadable(`${this.path} has no ${name}.`);
    return new Place(value, `${this.path}.${name}`);
  }

  /** `null` where the field is absent. */
  optional(name: string): Place | null {
    return this.#own(name) === undefined ? null : this.field(name);
  }

  /** Refuses fields other than these: a rule that is not known here would not be checked. */
  knowsOnly(names: readonly string[]): void {
    const unknown = Object.keys(this.#record()).find((name) => !names.includes(name));
    if (unknown !== undefined) throw new Unreadable(`${this.path} has a field ${show(unknown)} that this checker does not know.`);
  }

  /** `count`: the length it must have. */
  items(count: number | null = null): Place[] {
    if (!Array.isArray(this.value)) return this.refuse('a list');
    if (count !== null && this.value.length !== count) {
      throw new Unreadable(`${this.path} has ${this.value.length} entries; allowed: ${count}.`);
    }
    return Array.from(this.value, (value: unknown, index) => new Place(value, `${this.path}[${index}]`));
  }

  number(least: number, most: number): number {
    const { value } = this;
    if (typeof value !== 'number' || !(value >= least && value <= most)) return this.refuse(`a number from ${least} to ${most}`);
    return value;
  }

  integer(least: number, most: number): number {
    const { value } = this;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most) {
      return this.refuse(`a whole number from ${least} to ${most}`);
    }
    return value;
  }

  /** A whole number written as text, because it may not fit a double. */
  decimalInteger(): bigint {
    const { value } = this;
    if (typeof value !== 'string' || !/^-?\d{1,60}$/.test(value)) return this.refuse('a whole number in quotation marks');
    return BigInt(value);
  }

  text(): string {
    return typeof this.value === 'string' ? this.value : this.refuse('a text');
  }

  oneOf<Choice extends string>(choices: readonly Choice[]): Choice {
    const found = choices.find((choice) => choice === this.value);
    return found ?? this.refuse(choices.join(', '));
  }

  isNull(): boolean {
    return this.value === null;
  }

  /** Own fields only: JSON may name a field "constructor", but must not find the one every object inherits. */
  #own(name: string): unknown {
    const record = this.#record();
    return Object.hasOwn(record, name) ? Reflect.get(record, name) : undefined;
  }

  #record(): object {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.refuse('an object');
    return value;
  }
}

const MAX_SHOWN_LENGTH = 60;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}...` : text;
}
