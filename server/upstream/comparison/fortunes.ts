/** Bad calls that anybody may have before they are held against him. */
const ALLOWED = 2;
/** How many times as many as others somebody may have beyond that. */
const TIMES = 3;
/** More people than this are not remembered: the record begins anew. */
const MOST_PEOPLE = 20_000;

interface Fortune {
  calls: number;
  readonly bad: number[];
}

const fresh = (kinds: number): Fortune => ({ calls: 0, bad: Array.from({ length: kinds }, () => 0) });

/**
 * Who has far more bad calls than others. A person is in one arm with all of his calls, so one whose calls always fail
 * would be taken for a fault of that arm; whoever stands out is left out of what comes after. Being left out depends on
 * what is past alone, so those who stay are as comparable as before.
 */
export class Fortunes {
  readonly #kinds: number;
  readonly #lifeMs: number;
  #people = new Map<string, Fortune>();
  #all: Fortune;
  #since = Number.NEGATIVE_INFINITY;

  /** @param kinds how many kinds of bad there are @param lifeMs after this the record begins anew */
  constructor(kinds: number, lifeMs: number) {
    this.#kinds = kinds;
    this.#lifeMs = lifeMs;
    this.#all = fresh(kinds);
  }

  standsOut(user: string, kind: number): boolean {
    const own = this.#people.get(user);
    if (!own || this.#all.calls === 0) return false;
    const usual = (own.calls * (this.#all.bad[kind] ?? 0)) / this.#all.calls;
    return (own.bad[kind] ?? 0) > ALLOWED + TIMES * usual;
  }

  /** Takes one call in. @param now Unix ms */
  add(now: number, user: string, isBad: (kind: number) => boolean): void {
    if (now - this.#since >= this.#lifeMs || this.#people.size >= MOST_PEOPLE) {
      this.#people = new Map();
      this.#all = fresh(this.#kinds);
      this.#since = now;
    }
    const own = this.#people.get(user) ?? fresh(this.#kinds);
    this.#people.set(user, own);
    own.calls += 1;
    this.#all.calls += 1;
    for (let kind = 0; kind < this.#kinds; kind += 1) {
      if (!isBad(kind)) continue;
      own.bad[kind] = (own.bad[kind] ?? 0) + 1;
      this.#all.bad[kind] = (this.#all.bad[kind] ?? 0) + 1;
    }
  }
}
