import { createHmac, randomBytes } from 'node:crypto';
import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import type { AppError } from '../errors';
import { singleton } from '../singleton';
import { type AuthFault, authError } from './faults';

/** How many of something a key may do in a window. */
interface Rule {
  readonly keyPrefix: string;
  readonly points: number;
  /** Seconds. */
  readonly duration: number;
}

const MINUTE = 60;

/**
 * Failed log-ins only; a correct password never counts.
 *
 * A stranger must not be able to lock an owner out, and must not guess without end either. So failures close doors
 * to whoever made them, and an account that is guessed at from many places stays open to a device that has logged in
 * to it before, and to an address that has hardly failed at it.
 */
const RULES = {
  /** One account from one address: somebody who forgot a password, or who guesses. */
  pairFailures: { keyPrefix: 'login-pair', points: 10, duration: 10 * MINUTE },
  /** One account from anywhere: it is being guessed at. From here on each address has `strangerFailures` only. */
  accountFailures: { keyPrefix: 'login-account', points: 60, duration: 60 * MINUTE },
  /** One account from one address while the account is being guessed at: an owner's typing errors. */
  strangerFailures: { keyPrefix: 'login-stranger', points: 3, duration: 60 * MINUTE },
  /** A guess from hundreds of addresses: known devices only. The price is an owner on a new device, for an hour. */
  siegeFailures: { keyPrefix: 'login-siege', points: 1_000, duration: 60 * MINUTE },
  /** One account from one of its own devices. Nothing that strangers do counts here. */
  deviceFailures: { keyPrefix: 'login-device', points: 10, duration: 10 * MINUTE },
  /** One address, any account: a club night behind one router still fits. */
  addressFailures: { keyPrefix: 'login-address', points: 100, duration: 10 * MINUTE },
  registrations: { keyPrefix: 'register', points: 300, duration: MINUTE },
  guests: { keyPrefix: 'guest', points: 60, duration: MINUTE },
  guestsOfDay: { keyPrefix: 'guest-day', points: 1_000, duration: 24 * 60 * MINUTE },
} satisfies Record<string, Rule>;

/** Somebody who wants to log in. */
export interface Attempt {
  /** The account's `usernameKey`, or what was typed in its place. */
  readonly account: string;
  readonly address: string;
  /** The id of a device that has logged in to this account before (devices.ts). */
  readonly device?: string | undefined;
}

type RuleName = keyof typeof RULES;
type Limiters = Readonly<Record<RuleName, RateLimiterAbstract>>;

/** Builds the store of one rule: memory by default, Redis where several web processes share the limits. */
export type LimiterFactory = (rule: Rule) => RateLimiterAbstract;

const inMemory: LimiterFactory = (rule) => new RateLimiterMemory(rule);

/**
 * Keys fall into this many buckets of one keyed hash, so a flood of invented names costs bounded memory
 * (some tens of megabytes at worst). The key is random: nobody can aim at somebody else's bucket.
 */
const BUCKETS = 65_536;

type Reason = Extract<AuthFault, { field: 'account' }>['reason'];

function waitFor(msBeforeNext: number, what: string, reason: Reason): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return authError(
    'RATE_LIMITED',
    `${what} Try again in ${retryAfterSeconds} s.`,
    { field: 'account', reason },
    { retryAfterSeconds },
  );
}

/** Limits for everything that signs somebody in. One instance a process. */
export class AuthLimits {
  readonly #limiters: Limiters;
  readonly #salt = randomBytes(16);

  constructor(create: LimiterFactory = inMemory) {
    this.#limiters = {
      pairFailures: create(RULES.pairFailures),
      accountFailures: create(RULES.accountFailures),
      strangerFailures: create(RULES.strangerFailures),
      siegeFailures: create(RULES.siegeFailures),
      deviceFailures: create(RULES.deviceFailures),
      addressFailures: create(RULES.addressFailures),
      registrations: create(RULES.registrations),
      guests: create(RULES.guests),
      guestsOfDay: create(RULES.guestsOfDay),
    };
  }

  #bucket(key: string): string {
    return String(createHmac('sha256', this.#salt).update(key).digest().readUInt32LE(0) % BUCKETS);
  }

  /** What a failure of this attempt counts against. */
  #loginKeys({ account, address, device }: Attempt): [RuleName, string][] {
    if (device !== undefined) return [['deviceFailures', `${account}\n${device}`]];
    const pair = `${account}\n${address}`;
    return [
      ['pairFailures', pair],
      ['addressFailures', address],
      ['strangerFailures', pair],
      ['accountFailures', account],
      ['siegeFailures', account],
    ];
  }

  /** Milliseconds until a rule lets a key pass again; 0 when it does now. */
  async #closedFor(rule: RuleName, key: string): Promise<number> {
    const state = await this.#limiters[rule].get(this.#bucket(key));
    return state && state.consumedPoints >= RULES[rule].points ? Math.max(1, state.msBeforeNext) : 0;
  }

  /** @throws {AppError} RATE_LIMITED when too much has failed where this attempt comes from. */
  async requireLoginAllowed(attempt: Attempt): Promise<void> {
    for (const [rule, key] of this.#loginKeys(attempt)) {
      // Too many failures with the account close it to addresses that made some of them.
      if (rule === 'accountFailures') continue;
      const closedMs = await this.#closedFor(rule, key);
      if (closedMs === 0) continue;
      if (rule === 'strangerFailures' && (await this.#closedFor('accountFailures', attempt.account)) === 0)
        continue;
      throw waitFor(closedMs, 'Too many failed log-ins.', 'too_many_failures');
    }
  }

  /** Counts a failed log-in. */
  async countFailedLogin(attempt: Attempt): Promise<void> {
    await Promise.all(
      this.#loginKeys(attempt).map(([rule, key]) => this.#limiters[rule].penalty(this.#bucket(key), 1)),
    );
  }

  /** Forgets what this account got wrong from where the attempt comes from: the device, else the address. */
  async forgiveLogin(attempt: Attempt): Promise<void> {
    const own: readonly RuleName[] = ['deviceFailures', 'pairFailures', 'strangerFailures'];
    const keys = this.#loginKeys(attempt).filter(([rule]) => own.includes(rule));
    await Promise.all(keys.map(([rule, key]) => this.#limiters[rule].delete(this.#bucket(key))));
  }

  /** @throws {AppError} RATE_LIMITED */
  countRegistration(address: string): Promise<void> {
    const what = 'Too many registrations from this address.';
    return this.#consume('registrations', address, what, 'too_many_registrations');
  }

  /** @throws {AppError} RATE_LIMITED */
  async countGuest(address: string): Promise<void> {
    const what = 'Too many guests from this address.';
    await this.#consume('guests', address, what, 'too_many_guests');
    await this.#consume('guestsOfDay', address, what, 'too_many_guests');
  }

  async #consume(rule: RuleName, key: string, what: string, reason: Reason): Promise<void> {
    const state = await this.#limiters[rule].penalty(this.#bucket(key), 1);
    if (state.consumedPoints > RULES[rule].points) throw waitFor(state.msBeforeNext, what, reason);
  }
}

/** The process's limits. */
export function authLimits(): AuthLimits {
  return singleton('auth-limits', () => new AuthLimits());
}
