/**
 * How many times a second a process can tell somebody's place, beside a bare look into a Map of the same size, with
 * 5,000 and 50,000 people who wait. Run: `npm run bench:queue` (with `NODE_OPTIONS=--expose-gc` for steadier heaps).
 */
import { pino } from 'pino';
import { publishAuthSecret } from '../../server/auth/secrets';
import { systemClock } from '../../server/clock';
import { createQueue } from '../../server/tournaments/queue/create-queue';
import type { EventSource, SeatSource } from '../../server/tournaments/queue/sources';
import { createMemoryLog } from '../../server/tournaments/queue/testing/memory-log';

const CALLS = 1_000_000;
publishAuthSecret('a secret of this benchmark, long enough');

const openedAt = Date.now();
const event = {
  eventId: 'cup',
  state: 'open',
  opensAt: new Date(openedAt),
  closesAt: new Date(openedAt + 86_400_000),
  admissionsPerMinute: 60,
  seats: undefined,
  isPaused: false,
  hasDraw: false,
} as const;
const events: EventSource = { get: async () => event, active: async () => [event] };
const seats: SeatSource = {
  count: async () => ({ seats: 0, held: 0, confirmed: 0, usedTokens: new Set() }),
  seated: async () => new Set(),
};

function perSecond(tokens: readonly string[], look: (token: string) => unknown): number {
  let seen = 0;
  const run = (calls: number): void => {
    // 7919 is a prime: every token in turn, far from the one before.
    for (let i = 0; i < calls; i += 1) if (look(tokens[(i * 7_919) % tokens.length] ?? '')) seen += 1;
  };
  run(CALLS / 4);
  const start = performance.now();
  run(CALLS);
  const seconds = (performance.now() - start) / 1_000;
  if (seen === 0) throw new Error('nobody was found');
  return CALLS / seconds;
}

for (const people of [5_000, 50_000]) {
  const queue = createQueue({
    log: createMemoryLog(),
    events,
    seats,
    clock: systemClock,
    logger: pino({ level: 'error' }),
    settings: { admissionSeconds: 120 },
  });
  await queue.ready;
  const began = performance.now();
  const names = Array.from({ length: people }, (_, n) => `player-${n}`);
  const places = await Promise.all(names.map((userId) => queue.join({ eventId: 'cup', userId })));
  const joinedMs = performance.now() - began;
  const tokens = places.map(({ token }) => token);
  const bare = new Map(places.map((place) => [place.token, place]));
  // In turn, so that both meet the same machine.
  const figures = Array.from({ length: 3 }, () => ({
    own: perSecond(tokens, (token) => queue.place(token)),
    map: perSecond(tokens, (token) => bare.get(token)),
  }));
  const own = Math.max(...figures.map((figure) => figure.own));
  const map = Math.max(...figures.map((figure) => figure.map));
  console.log(
    `${String(people).padStart(6)} wait: place() ${Math.round(own).toLocaleString('en')} a second, ` +
      `bare Map ${Math.round(map).toLocaleString('en')} (${(own / map).toFixed(2)}); ` +
      `at 30,000 a second ${((30_000 / own) * 100).toFixed(1)} % of a core; joined in ${Math.round(joinedMs)} ms`,
  );
  await queue.close();
}
