import type { Logger } from 'pino';
import type { ActionResult, FightRuling } from '../../proto/rules';
import { AppError } from '../errors';
import { FRAME_BYTES } from './runs/fight-time';
import type { FightTerms } from './runs/terms';
import { type Answered, askFirst } from './second-best';

/** A rule engine: ours behind its address, somebody else's, or the rules in this process. */
export type RuleEngine = (
  sessionId: string,
  actionResult: ActionResult,
  signal: AbortSignal,
) => Promise<FightRuling>;

/** What the player's browser saw. */
export interface Told {
  readonly winner: number;
  readonly frames: number;
  /** uint32 */
  readonly checksum: number;
}

/** A rule engine may take so long, then the arcade rules itself, for which a second is left. Milliseconds. */
const WITHIN_MS = 2_500;

export interface Referee {
  /** Rules on a fight from the player's inputs. */
  rule(
    runId: string,
    terms: FightTerms,
    inputs: Uint8Array,
    told: Told | undefined,
  ): Promise<Answered<FightRuling>>;
}

/** The rule engine first; where it does not answer, or answers nonsense, the same rules here. */
export function createReferee({
  theirs,
  ours,
  log,
}: {
  readonly theirs: RuleEngine;
  readonly ours: RuleEngine;
  readonly log: Pick<Logger, 'warn'>;
}): Referee {
  return {
    rule(runId, terms, inputs, told) {
      const fight: ActionResult = {
        kind: 'arcade',
        seed: terms.seed,
        characters: terms.characters,
        wins_needed: terms.winsNeeded,
        handicaps: terms.handicaps,
        opponent: terms.opponent,
        inputs: Buffer.from(inputs).toString('base64'),
        drops: terms.drops,
        ...(told ? { told } : {}),
      };
      return askFirst(
        'rule engine',
        async (signal) => mustMakeSense(await theirs(runId, fight, signal), terms, inputs),
        () => ours(runId, fight, new AbortController().signal),
        { withinMs: WITHIN_MS, log },
      );
    },
  };
}

/** A ruling of somebody else may decide who won, and nothing beyond what was declared and pressed. @throws {AppError} */
function mustMakeSense(ruling: FightRuling, { drops }: FightTerms, inputs: Uint8Array): FightRuling {
  const [player] = ruling.health;
  const isSensible =
    ruling.kind === 'arcade' &&
    player !== undefined &&
    player.percent >= 0 &&
    player.percent <= 100 &&
    ruling.frames >= 0 &&
    ruling.frames * FRAME_BYTES <= inputs.length &&
    (ruling.over || ruling.winner === 0) &&
    ruling.drops.every((id) => drops.includes(id)) &&
    new Set(ruling.drops).size === ruling.drops.length;
  if (!isSensible) throw new AppError('UNAVAILABLE', 'The rule engine’s ruling makes no sense.');
  return ruling;
}
