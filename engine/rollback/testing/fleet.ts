import fc from 'fast-check';
import { findDisagreement } from './oracle';
import { VirtualMatch } from './virtual-match';

const LAYOUTS = [
  [[0], [1]],
  [[0], [1]],
  [[1], [0]],
  [[0], [1], [2]],
  [[0, 1], [2]],
  [[2], [0], [1, 3]],
  [[0], [1], [2], [3]],
];

// Not fc.double: that is even over the representable numbers, most of which are almost zero.
const share = (max: number) => fc.integer({ min: 0, max: 1000 }).map((permille) => (max * permille) / 1000);

const profile = fc.record({
  latencyMs: fc.integer({ min: 0, max: 160 }),
  jitterMs: fc.integer({ min: 0, max: 50 }),
  loss: fc.oneof(fc.constant(0), share(0.3)),
  duplication: fc.oneof(fc.constant(0), share(0.3)),
  damage: fc.oneof(fc.constant(0), share(0.1)),
  bursts: fc.oneof(fc.constant(0), share(0.005)),
  burstMs: fc.integer({ min: 20, max: 500 }),
});

/** One match: who plays, over what network, with which settings, and what goes wrong when. */
export const scenarios = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  peers: fc.constantFrom(...LAYOUTS),
  profile,
  profileBack: profile,
  inputBytes: fc.integer({ min: 1, max: 8 }),
  predictionFrames: fc.constantFrom(0, 1, 4, 8, 8, 8, 12),
  inputDelayFrames: fc.integer({ min: 0, max: 6 }),
  sparseSaving: fc.boolean(),
  checksumIntervalFrames: fc.constantFrom(1, 7, 30),
  restlessness: share(0.5),
  drift: fc.array(
    fc.integer({ min: -3000, max: 3000 }).map((ppm) => ppm / 1e6),
    { minLength: 4, maxLength: 4 },
  ),
  startMs: fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 4, maxLength: 4 }),
  outage: fc.option(
    fc.record({
      fromMs: fc.integer({ min: 500, max: 5000 }),
      lengthMs: fc.integer({ min: 50, max: 12_000 }),
    }),
  ),
  freeze: fc.option(
    fc.record({
      host: fc.nat(3),
      fromMs: fc.integer({ min: 500, max: 5000 }),
      lengthMs: fc.integer({ min: 50, max: 12_000 }),
    }),
  ),
  delayChange: fc.option(fc.record({ host: fc.nat(3), atFrame: fc.nat(250), frames: fc.nat(12) })),
  pause: fc.option(
    fc.record({ host: fc.nat(3), atFrame: fc.nat(250), lengthMs: fc.integer({ min: 10, max: 5000 }) }),
  ),
  departure: fc.option(
    fc.record({ host: fc.nat(3), atFrame: fc.integer({ min: 1, max: 280 }), isCrash: fc.boolean() }),
    { freq: 2 },
  ),
  adaptive: fc.boolean(),
});

/** What one scenario is made of. */
export type Scenario = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

/** What happened in a match that agreed, for checks that the fleet really fought. */
export interface FleetCounts {
  rollbacks: number;
  lost: number;
  reordered: number;
  damaged: number;
  stalls: number;
}

/**
 * Plays one scenario to the end.
 * @throws when it doesn't end, when hosts disagree with the oracle or each other, or when it was not the fight that
 *   the network promised.
 */
export function playScenario(scenario: Scenario, frames = 300): FleetCounts {
  const { predictionFrames, inputDelayFrames, sparseSaving, checksumIntervalFrames } = scenario;
  const match = new VirtualMatch({
    ...scenario,
    frames,
    session: {
      predictionFrames,
      inputDelayFrames,
      sparseSaving,
      checksumIntervalFrames,
      // A crash is told from an outage by patience alone, so a scenario has one or the other.
      disconnectMs: scenario.departure === null ? 60_000 : 3000,
      ...(scenario.adaptive ? { adaptiveDelay: { minFrames: 1, maxFrames: 8 } } : {}),
    },
  });
  applyTrouble(match, scenario);
  match.runToEnd(240_000);
  const problem = findDisagreement(match);
  if (problem !== undefined) throw new Error(problem);
  for (const { isOut, players } of match.hosts) if (isOut) expectDeparture(match, players);
  return expectFight(match, scenario);
}

function applyTrouble(match: VirtualMatch, scenario: Scenario): void {
  const { delayChange, pause, departure } = scenario;
  const outage = departure === null ? scenario.outage : null;
  const freeze = departure === null ? scenario.freeze : null;
  if (outage !== null) match.network.partition(outage.fromMs, outage.fromMs + outage.lengthMs);
  if (freeze !== null) {
    match.hosts[freeze.host]?.frozen.push({ fromMs: freeze.fromMs, toMs: freeze.fromMs + freeze.lengthMs });
  }
  let pausedMs = -1;
  match.onStep = (host) => {
    const { index, session } = host;
    if (departure?.host === index && session.frame >= departure.atFrame && !host.isOut) {
      host.isOut = true;
      if (departure.isCrash) host.frozen.push({ fromMs: host.nextMs, toMs: Number.POSITIVE_INFINITY });
      else session.leave();
    }
    if (delayChange?.host === index && session.frame === delayChange.atFrame)
      session.setInputDelay(delayChange.frames);
    if (pause === null || pause.host !== index) return;
    const { nowMs } = match.network;
    if (session.frame >= pause.atFrame && pausedMs < 0) {
      pausedMs = nowMs;
      session.setPaused(true);
    } else if (pausedMs >= 0 && nowMs > pausedMs + pause.lengthMs) session.setPaused(false);
  };
}

/** Everybody who stayed was told, once, of the same last frame. */
function expectDeparture(match: VirtualMatch, players: readonly number[]): void {
  const frames = new Set<number>();
  for (const host of match.hosts) {
    if (host.isOut) continue;
    const told = host.events.filter((event) => event.type === 'disconnected');
    if (told.length !== players.length) throw new Error(`host ${host.index} was told ${told.length} times`);
    for (const event of told) frames.add(event.frame);
  }
  if (frames.size !== 1) throw new Error(`a leaver's last frame is ${[...frames].join(' or ')}`);
}

function expectFight(match: VirtualMatch, scenario: Scenario): FleetCounts {
  const counts = { rollbacks: 0, stalls: 0, ...match.network.statistics };
  for (const { session } of match.hosts) {
    counts.rollbacks += session.metrics.rollbacks;
    counts.stalls += session.metrics.stalls;
  }
  const slowest = Math.max(scenario.profile.latencyMs, scenario.profileBack.latencyMs);
  const isLate = slowest > (Math.max(inputDelayOf(match), 8) + 2) * 17;
  if (isLate && scenario.predictionFrames > 0 && scenario.restlessness > 0.1 && counts.rollbacks === 0) {
    throw new Error('inputs came late and nothing was rolled back');
  }
  if (Math.min(scenario.profile.loss, scenario.profileBack.loss) > 0.05 && counts.lost === 0)
    throw new Error('nothing was lost');
  return counts;
}

function inputDelayOf(match: VirtualMatch): number {
  return Math.max(...match.hosts.map(({ session, players }) => session.inputDelay(players[0] ?? 0)));
}
