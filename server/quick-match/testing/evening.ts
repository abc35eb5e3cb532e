import { pairUp, type Waiting } from '../matchmaker';

/** An evening in the arcade, second by second, from one seed. */
export interface Evening {
  /** People who are there at any time; who leaves makes room for a newcomer. */
  readonly online: number;
  readonly hours: number;
  /** Chance that somebody wants another fight; otherwise they leave. */
  readonly again: number;
  /** 0 to below 1. */
  random(): number;
}

interface Person extends Waiting {
  readonly isNew: boolean;
  /** Opponents of late, and when each may be met again. */
  readonly met: Map<string, number>;
}

const REMATCH_MS = 600_000;
const FIGHT_MS = 90_000;

/** What the evening came to. Waits are of those who came for the first time, in milliseconds, in order. */
export interface EveningReport {
  readonly newcomers: readonly number[];
  readonly all: readonly number[];
  /** Differences of rating of those who fought. */
  readonly gaps: readonly number[];
  /** Pairs that had met within ten minutes. */
  readonly metAgain: number;
}

export function spendEvening({ online, hours, again, random }: Evening): EveningReport {
  let count = 0;
  let waiting: Person[] = [];
  /** Who comes into the queue when: back from a fight, or newly in. */
  let coming: { readonly at: number; readonly person: Person }[] = [];
  const [newcomers, all, gaps] = [[] as number[], [] as number[], [] as number[]];
  let metAgain = 0;

  const newcomer = (at: number) => {
    count += 1;
    const met = new Map<string, number>();
    const rttMs = 10 + random() * 90;
    // Half are guests, whom nobody knows yet; the others spread as ratings do.
    const rating = random() < 0.5 ? 1500 : 1500 + 250 * (random() + random() + random() + random() - 2);
    const person = { playerId: `p${count}`, rating, rttMs, sinceMs: at, avoided: new Set<string>() };
    coming.push({ at, person: { ...person, met, isNew: true } });
  };
  for (let index = 0; index < online; index += 1) newcomer(random() * FIGHT_MS);

  for (let now = 0; now < hours * 3_600_000; now += 1_000) {
    for (const { at, person } of coming.filter((one) => one.at <= now)) {
      const avoided = new Set([...person.met].flatMap(([id, until]) => (until > at ? [id] : [])));
      waiting.push({ ...person, sinceMs: at, avoided });
    }
    coming = coming.filter(({ at }) => at > now);
    for (const pair of pairUp(waiting, now)) {
      const [one, two] = pair;
      gaps.push(Math.abs(one.rating - two.rating));
      if ((one.met.get(two.playerId) ?? 0) > now) metAgain += 1;
      const end = now + FIGHT_MS * (0.5 + random());
      for (const [person, other] of [pair, [two, one]] as const) {
        const wait = now - person.sinceMs;
        all.push(wait);
        if (person.isNew) newcomers.push(wait);
        person.met.set(other.playerId, end + REMATCH_MS);
        if (random() < again)
          coming.push({ at: end + 3_000 + random() * 12_000, person: { ...person, isNew: false } });
        else newcomer(end + random() * 30_000);
      }
      waiting = waiting.filter((person) => person !== one && person !== two);
    }
  }
  return { newcomers, all, gaps, metAgain };
}

/** The value below which `share` of them lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.POSITIVE_INFINITY;
}
