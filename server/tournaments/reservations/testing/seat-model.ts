import { HOLD_SECONDS } from './box-office';

export const FEE = 10;
const WELCOME = 100;
const PAUSE_MS = 120_000;
const CONFIRM_MS = 15_000;

interface ModelIntent {
  readonly id: number;
  state: 'pending' | 'completed' | 'failed' | 'cancelled';
}

interface ModelSeat {
  readonly id: number;
  readonly person: number;
  readonly seat: number;
  state: 'hold' | 'confirmed' | 'cancelled' | 'expired';
  until: number;
  isExtended: boolean;
  pausedAt: number | undefined;
  isPauseUsed: boolean;
  paidWith: ModelIntent | undefined;
  readonly intents: ModelIntent[];
}

export type ModelStep =
  | { readonly what: 'create' | 'pay' | 'intend' | 'cancel' | 'drop'; readonly who: number }
  | { readonly what: 'confirm'; readonly who: number; readonly with: 'own' | 'none' | 'foreign' }
  | { readonly what: 'extend'; readonly who: number; readonly seconds: number }
  | { readonly what: 'wait'; readonly seconds: number }
  | { readonly what: 'job' };

/** Seats of one event with a fee as a person with a clock and a pencil would keep them. What is paid and lost is as good as back. */
export class SeatModel {
  readonly #list: ModelSeat[] = [];
  #intents = 0;

  constructor(
    readonly seats: number,
    readonly now: () => number,
  ) {}

  get count(): number {
    return this.#list.length;
  }
  get intentCount(): number {
    return this.#intents;
  }

  /** All, with what has ended ended. */
  all(): readonly ModelSeat[] {
    for (const one of this.#list) if (one.state === 'hold' && one.until <= this.now()) one.state = 'expired';
    return this.#list;
  }

  latest(person: number): ModelSeat | undefined {
    return this.all().findLast((one) => one.person === person);
  }

  lowestFree(): number | undefined {
    const taken = this.#live().map(({ seat }) => seat);
    for (let seat = 1; seat <= this.seats; seat += 1) if (!taken.includes(seat)) return seat;
    return undefined;
  }

  confirmed(): number[] {
    return this.all().flatMap(({ state, person }) => (state === 'confirmed' ? [person] : []));
  }

  /** The last intent of somebody else. */
  foreignIntent(person: number): number | undefined {
    return this.all()
      .findLast((one) => one.person !== person && one.intents.length > 0)
      ?.intents.at(-1)?.id;
  }

  /** Once the job has seen everything. */
  coins(person: number): number {
    const paid = this.#live().filter(
      (one) => one.person === person && one.intents.some(({ state }) => state === 'completed'),
    );
    return WELCOME - FEE * paid.length;
  }

  /** @returns why it is refused; what a payment came to */
  take(step: ModelStep): string | undefined {
    this.all();
    if (step.what === 'wait' || step.what === 'job') return undefined;
    if (step.what === 'create') return this.#create(step.who);
    const mine = this.latest(step.who);
    if (!mine) return 'nothing';
    const over =
      mine.state === 'expired' ? 'too_late' : mine.state === 'hold' ? undefined : 'reservation_over';
    switch (step.what) {
      case 'cancel':
        if (mine.state !== 'hold' && mine.state !== 'confirmed') return over;
        mine.state = 'cancelled';
        // Cancelled with the seat, at once.
        for (const one of mine.intents) if (one.state === 'pending') one.state = 'cancelled';
        return undefined;
      case 'extend':
        if (over) return over;
        if (step.seconds < 1) return 'bad_request';
        if (mine.isExtended) return 'extended_already';
        mine.isExtended = true;
        mine.until += Math.min(step.seconds, HOLD_SECONDS) * 1_000;
        return undefined;
      case 'intend':
        return over ?? this.#intend(mine);
      case 'confirm':
        return this.#confirm(mine, step.with, over);
      case 'pay':
        return this.#pay(mine);
      case 'drop': {
        const last = mine.intents.at(-1);
        if (last?.state !== 'pending') return 'nothing';
        last.state = 'cancelled';
        if (mine.state === 'hold') this.#goOn(mine, false);
        return undefined;
      }
    }
  }

  #live(): ModelSeat[] {
    return this.all().filter(({ state }) => state === 'hold' || state === 'confirmed');
  }

  #create(person: number): string | undefined {
    if (this.#live().some((one) => one.person === person)) return 'has_seat';
    const seat = this.lowestFree();
    if (seat === undefined) return 'full';
    this.#list.push({
      id: this.#list.length,
      person,
      seat,
      state: 'hold',
      until: this.now() + HOLD_SECONDS * 1_000,
      isExtended: false,
      pausedAt: undefined,
      isPauseUsed: false,
      paidWith: undefined,
      intents: [],
    });
    return undefined;
  }

  #intend(mine: ModelSeat): string | undefined {
    if (mine.intents.some(({ state }) => state === 'completed')) return 'payment_over';
    if (mine.intents.filter(({ state }) => state === 'pending').length >= 10) return 'too_fast';
    mine.intents.push({ id: this.#intents, state: 'pending' });
    this.#intents += 1;
    if (mine.isPauseUsed) return undefined;
    mine.isPauseUsed = true;
    mine.pausedAt = this.now();
    mine.until += PAUSE_MS;
    return undefined;
  }

  #pay(mine: ModelSeat): string {
    const last = mine.intents.at(-1);
    if (!last) return 'nothing';
    if (mine.state === 'cancelled' || mine.state === 'expired') {
      if (last.state === 'pending') last.state = 'failed';
      return 'over';
    }
    if (last.state !== 'pending') return last.state === 'cancelled' ? 'refused' : last.state;
    last.state = 'completed';
    for (const one of mine.intents) if (one.state === 'pending') one.state = 'cancelled';
    this.#goOn(mine, true);
    return 'completed';
  }

  #goOn(mine: ModelSeat, isPaid: boolean): void {
    if (mine.pausedAt === undefined || mine.intents.some(({ state }) => state === 'pending')) return;
    const before = mine.until;
    mine.until -= Math.max(0, mine.pausedAt + PAUSE_MS - this.now());
    if (isPaid) mine.until = Math.max(mine.until, Math.min(before, this.now() + CONFIRM_MS));
    mine.pausedAt = undefined;
  }

  #confirm(mine: ModelSeat, which: 'own' | 'none' | 'foreign', over: string | undefined): string | undefined {
    const last = mine.intents.at(-1);
    const given = which === 'own' ? last : undefined;
    const isForeign = which === 'foreign' && this.foreignIntent(mine.person) !== undefined;
    if (mine.state === 'confirmed')
      return isForeign || (given && given !== mine.paidWith) ? 'reservation_over' : undefined;
    if (over) return over;
    if (given?.state !== 'completed') return 'not_paid';
    mine.state = 'confirmed';
    mine.paidWith = given;
    return undefined;
  }
}
