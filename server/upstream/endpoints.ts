import type { Clock } from '../clock';

export interface OutlierPolicy {
  /** So many failures in a row leave an address out. */
  readonly consecutive: number;
  /** For this long, times how often it was left out. Milliseconds. */
  readonly ejectMs: number;
  /** After so long without being left out its record is clean. Milliseconds. */
  readonly forgiveMs: number;
}

/** One address among those of an upstream. */
export interface Endpoint<E> {
  readonly key: string;
  readonly at: E;
}

interface Slot<E> extends Endpoint<E> {
  failures: number;
  times: number;
  /** Unix ms; 0: it never was. */
  outUntil: number;
}

/**
 * The addresses of one upstream, taken in turn. One that fails again and again is left out for a while; never more
 * than half of them, so never all.
 */
export class Endpoints<E> {
  readonly #policy: OutlierPolicy;
  readonly #clock: Clock;
  readonly #onEject: (() => void) | undefined;
  #slots: Slot<E>[] = [];
  #turn = 0;

  constructor(first: readonly Endpoint<E>[], policy: OutlierPolicy, clock: Clock, onEject?: () => void) {
    this.#policy = policy;
    this.#clock = clock;
    this.#onEject = onEject;
    this.replace(first);
  }

  get size(): number {
    return this.#slots.length;
  }

  /** Keys of those that are left out at the moment. */
  get ejected(): readonly string[] {
    const now = this.#clock.now();
    return this.#slots.filter(({ outUntil }) => outUntil > now).map(({ key }) => key);
  }

  /** The addresses as they are from now on; what is known of one that stays is kept. */
  replace(endpoints: readonly Endpoint<E>[]): void {
    if (endpoints.length === 0) throw new RangeError('An upstream has at least one address.');
    const known = new Map(this.#slots.map((slot) => [slot.key, slot]));
    this.#slots = endpoints.map(
      ({ key, at }) => known.get(key) ?? { key, at, failures: 0, times: 0, outUntil: 0 },
    );
  }

  /** @param not the one that was just tried: another one is taken where there is one */
  pick(not?: Endpoint<E>): Endpoint<E> {
    const now = this.#clock.now();
    const usable = this.#slots.filter(({ outUntil }) => outUntil <= now);
    const others = usable.filter((slot) => slot.key !== not?.key);
    const from = others.length > 0 ? others : usable.length > 0 ? usable : this.#slots;
    this.#turn = (this.#turn + 1) % Number.MAX_SAFE_INTEGER;
    const picked = from[this.#turn % from.length];
    if (!picked) throw new Error('unreachable: an upstream has at least one address');
    return picked;
  }

  /** A try ended well, or badly. */
  tell({ key }: Endpoint<E>, isFailure: boolean): void {
    const slot = this.#slots.find((one) => one.key === key);
    if (!slot) return;
    const now = this.#clock.now();
    if (!isFailure) {
      slot.failures = 0;
      return;
    }
    slot.failures += 1;
    const most = Math.floor(this.#slots.length / 2);
    if (slot.failures < this.#policy.consecutive || slot.outUntil > now || this.ejected.length >= most)
      return;
    if (now - slot.outUntil > this.#policy.forgiveMs) slot.times = 0;
    slot.times += 1;
    slot.failures = 0;
    slot.outUntil = now + slot.times * this.#policy.ejectMs;
    this.#onEject?.();
  }
}
