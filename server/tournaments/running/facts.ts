import type { Prisma } from '../../db/generated/client';
import type { TournamentRow } from './context';

/** What an organiser chooses of a tournament, but for its format. */
export type Facts = Pick<
  TournamentRow,
  'name' | 'blurb' | 'seats' | 'fee' | 'bestOf' | 'checkInSeconds' | 'admissionsPerMinute' | 'durationSeconds'
> & {
  readonly prizes: readonly number[];
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly startsAt: Date;
};

/** The same as the audit keeps it. */
export const factsOf = (facts: Facts) => ({
  name: facts.name,
  blurb: facts.blurb,
  seats: facts.seats,
  fee: facts.fee,
  bestOf: facts.bestOf,
  prizes: [...facts.prizes],
  opensAt: facts.opensAt.toISOString(),
  closesAt: facts.closesAt.toISOString(),
  startsAt: facts.startsAt.toISOString(),
  checkInSeconds: facts.checkInSeconds,
  admissionsPerMinute: facts.admissionsPerMinute,
  durationSeconds: facts.durationSeconds,
});

type Kept = ReturnType<typeof factsOf>;
const NAMES = [
  'name',
  'blurb',
  'seats',
  'fee',
  'bestOf',
  'prizes',
  'opensAt',
  'closesAt',
  'startsAt',
  'checkInSeconds',
  'admissionsPerMinute',
  'durationSeconds',
] as const satisfies readonly (keyof Kept)[];

type Noted = Record<string, Prisma.InputJsonValue | null>;

/** What differs between two, as it was and as it is; nothing else belongs into the audit of a change. */
export function changeOf(before: Facts, after: Facts): { readonly before: Noted; readonly after: Noted } {
  const [was, is] = [factsOf(before), factsOf(after)];
  const names = NAMES.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
  const pick = (facts: Kept) => Object.fromEntries(names.map((name) => [name, facts[name]]));
  return { before: pick(was), after: pick(is) };
}
