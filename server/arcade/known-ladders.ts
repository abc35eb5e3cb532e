import type { Logger } from 'pino';
import { GAME_FACTS } from '../../engine/fighter/game-facts';
import { checkScenario } from '../../proto/scenario-check';
import type { Clock } from '../clock';
import type { StateManager } from '../state/state-manager';
import type { KnownLadder } from './context';

/** Ladders that somebody else has written; more are not looked at. */
const MOST = 100;
/** So many of its faults are logged. */
const MOST_TOLD = 5;
/** So long one look is good. Milliseconds. */
const GOOD_MS = 2_000;

/**
 * Every ladder that can be climbed: those that come with the arcade first, then the scenarios that designers have injected
 * and that say that they are one, newest first. A scenario is read once a version. One that can't be climbed to an end, or whose
 * fights the game doesn't take, is left out: injecting it is allowed, climbing it would break half-way.
 */
export function knownLadders(
  state: Pick<StateManager, 'listScenarios' | 'exportScenario'>,
  bundled: readonly KnownLadder[],
  clock: Clock,
  log: Pick<Logger, 'warn'>,
): () => Promise<readonly KnownLadder[]> {
  const read = new Map<string, KnownLadder | undefined>();
  let found: { readonly at: number; readonly ladders: Promise<readonly KnownLadder[]> } | undefined;

  async function ladderOf(id: string, version: number): Promise<KnownLadder | undefined> {
    const key = `${id} ${version}`;
    if (read.has(key)) return read.get(key);
    const scenario = await state.exportScenario(id);
    const ladder = scenario.metadata?.ladder;
    const issues = ladder ? checkScenario(scenario, GAME_FACTS) : [];
    if (issues.length > 0)
      log.warn({ scenarioId: id, version, issues: issues.slice(0, MOST_TOLD) }, 'a ladder that is left out');
    const isSound = ladder && issues.length === 0;
    const known = isSound ? { key: id, scenarioId: id, isBundled: false, scenario, ladder } : undefined;
    if (read.size >= 2 * MOST) read.clear();
    read.set(key, known);
    return known;
  }

  async function look(): Promise<readonly KnownLadder[]> {
    const rows = await state.listScenarios({ skip: 0, limit: MOST });
    const others = rows.filter(({ id }) => !bundled.some(({ scenarioId }) => scenarioId === id));
    const ladders = await Promise.all(others.map(({ id, version }) => ladderOf(id, version)));
    return [...bundled, ...ladders.filter((one) => one !== undefined)];
  }

  return () => {
    const now = clock.now();
    if (!found || now - found.at > GOOD_MS) {
      const ladders = look();
      found = { at: now, ladders };
      // A look that failed is no answer for the next one.
      ladders.catch(() => {
        found = undefined;
      });
    }
    return found.ladders;
  };
}
