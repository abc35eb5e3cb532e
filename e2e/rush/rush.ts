import { setTimeout as delay } from 'node:timers/promises';
import { audit, type Findings } from './audit';
import { Counter, closeCounters, type Seen } from './counter';
import { type Character, live, type Told } from './person';
import { RushProcesses, type Service } from './processes';
import { seedTournament } from './seeding';

export interface RushPlan {
  readonly people: number;
  readonly seats: number;
  /** Coins. */
  readonly fee: number;
  readonly seed: number;
  /** Seconds until registration opens, during which half of the people come. */
  readonly opensIn: number;
  /** Seconds after the opening in which the other half come. */
  readonly arriveIn: number;
  readonly admissionsPerMinute: number;
  /** Seconds after the opening in which it has to be over. */
  readonly limit: number;
  say(line: string): void;
}

export interface RushReport extends Findings {
  readonly outcomes: Readonly<Record<string, number>>;
  readonly kills: readonly string[];
  readonly seen: Seen;
  readonly seconds: number;
}

/** mulberry32: small, seeded, good enough to choose who does what. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function characterOf(roll: number): Character {
  if (roll < 0.08) return 'ghost';
  if (roll < 0.13) return 'quitter';
  return roll < 0.16 ? 'returner' : 'buyer';
}

/** Who is killed when so much of the bracket is full. */
const KILLS: readonly (readonly [share: number, services: readonly Service[]])[] = [
  [0.2, ['start-reservation']],
  [0.4, ['start-payment']],
  [0.6, ['start-gateway']],
  [0.85, ['start-reservation', 'start-payment', 'start-gateway']],
];

/**
 * A rush on a tournament, with services that are killed (-9) while it goes on: the arcade, a gateway, seats and payments
 * as processes of their own on one PostgreSQL, and people who speak the HTTP twin. Needs a build.
 */
export async function rush(plan: RushPlan): Promise<RushReport> {
  const { people, seats, fee, seed, opensIn, arriveIn, say } = plan;
  const began = Date.now();
  const processes = await RushProcesses.create({
    HOLD_SECONDS: '15',
    ADMISSION_SECONDS: '15',
    RATE_LIMIT_RPS: '1000',
    RATE_LIMIT_BURST: '2000',
  });
  const { db } = processes.database;
  const kills: string[] = [];
  let isOver = false;
  try {
    // One after the other: the first migrates.
    for (const service of ['main', 'start-reservation', 'start-payment', 'start-gateway'] as const)
      await processes.start(service);
    const { eventId, players, opensAt } = await seedTournament(processes, {
      people,
      seats,
      fee,
      opensIn,
      rate: plan.admissionsPerMinute,
      name: `Rush ${seed}`,
    });
    say(`${players.length} people for ${seats} seats; registration opens in ${opensIn} s`);

    const seen: Seen = { calls: 0, retries: 0, refused: {} };
    const wait = async (ms: number) => {
      // Woken when it is over, so that nobody keeps the report waiting.
      for (const until = Date.now() + ms; !isOver && Date.now() < until; )
        await delay(Math.min(500, until - Date.now()));
    };
    const roll = dice(seed);
    // Making the tournament took part of the time before the opening; a second is left for the last ones to get in.
    const cameAt = Date.now();
    const earlyMs = Math.max(0, opensAt - 1_000 - cameAt);
    const lives = players.map(async ({ playerId, apiToken }, index): Promise<[string, Told]> => {
      const isEarly = index % 2 === 0;
      const person = {
        userId: playerId,
        character: characterOf(roll()),
        joinsAt: isEarly ? cameAt + roll() * earlyMs : opensAt + roll() * arriveIn * 1000,
        dice: dice(seed * 1_000_003 + index),
      };
      const counter = new Counter(processes.origin('start-gateway'), apiToken, seen, wait, () => isOver);
      return [playerId, await live(person, { eventId, fee, counter, wait, isOver: () => isOver })];
    });

    const confirmedNow = () => db.reservation.count({ where: { eventId, status: 'confirmed' } });
    const endsAt = opensAt + plan.limit * 1000;
    const due = [...KILLS];
    for (let fullSince = 0; Date.now() < endsAt; ) {
      const confirmed = await confirmedNow();
      const next = due[0];
      if (next && confirmed >= next[0] * seats) {
        due.shift();
        for (const service of next[1]) await processes.kill(service);
        kills.push(`${next[1].join(', ')} at ${confirmed} of ${seats}`);
        say(`killed ${kills.at(-1)}`);
        await delay(1_500);
        for (const service of next[1]) await processes.start(service);
      }
      // For a while, as somebody may give a seat back.
      if (confirmed < seats) fullSince = 0;
      else if (fullSince === 0) fullSince = Date.now();
      else if (Date.now() - fullSince > 5_000 && due.length === 0) break;
      await delay(250);
    }
    isOver = true;
    const told = new Map(await Promise.all(lives));
    const outcomes: Record<string, number> = {};
    for (const { outcome, code } of told.values()) {
      const name = outcome === 'refused' ? (`refused: ${code}` as const) : outcome;
      outcomes[name] = (outcomes[name] ?? 0) + 1;
    }
    // Who paid when it ended and was not seated gets the coins back within seconds.
    const settledBy = Date.now() + 45_000;
    let found = await audit(db, processes.origin('start-gateway'), eventId, told);
    while (found.faults.length > 0 && Date.now() < settledBy) {
      await delay(1_000);
      found = await audit(db, processes.origin('start-gateway'), eventId, told);
    }
    return { ...found, outcomes, kills, seen, seconds: Math.round((Date.now() - began) / 1000) };
  } finally {
    isOver = true;
    await closeCounters();
    await processes.dispose();
  }
}
