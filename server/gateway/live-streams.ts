import { AppError } from '../errors';
import { counter } from '../metrics';
import type { Caller } from './services';

/** Streams that one person, or one waiting token, may have open: each of their devices has a few. */
const PER_PERSON = 16;
/** Streams of one address: a school may be behind it. */
const PER_ADDRESS = 1_024;

const refused = counter(
  'arcade_gateway_streams_refused_total',
  'Streams refused because too many are open, by whose',
  ['why'],
);

/** Who has how many streams open. Each of them is memory here, and work for every change that it is told of. */
export class LiveStreams {
  readonly #open = new Map<string, number>();
  readonly #perPerson: number;
  readonly #perAddress: number;

  constructor({ perPerson = PER_PERSON, perAddress = PER_ADDRESS } = {}) {
    this.#perPerson = perPerson;
    this.#perAddress = perAddress;
  }

  /** Those who have any. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * Counts a stream until what is returned is called. Trusted peers are not counted.
   * @param token the waiting token that stands for the caller
   * @throws {AppError} RATE_LIMITED
   */
  open(caller: Caller, token: string | undefined, address: string): () => void {
    if (caller.kind === 'trusted') return () => {};
    const person = caller.kind === 'player' ? `player ${caller.playerId}` : token && `token ${token}`;
    if (person) this.#require(person, this.#perPerson, 'person');
    const place = `address ${address}`;
    this.#require(place, this.#perAddress, 'address');
    const keys = person ? [person, place] : [place];
    for (const key of keys) this.#open.set(key, (this.#open.get(key) ?? 0) + 1);
    return () => {
      for (const key of keys.splice(0)) {
        const left = (this.#open.get(key) ?? 1) - 1;
        if (left > 0) this.#open.set(key, left);
        else this.#open.delete(key);
      }
    };
  }

  #require(key: string, most: number, why: 'person' | 'address'): void {
    if ((this.#open.get(key) ?? 0) < most) return;
    refused.inc({ why });
    throw new AppError('RATE_LIMITED', `Too many streams are open: at most ${most}. End one of them.`, {
      detail: { reason: 'too_many_streams' },
    });
  }
}
