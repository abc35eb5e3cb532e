import {
  type ArcadeFightTerms,
  createArcadeFight,
  type FightReport,
  simulateFight,
} from '../../../engine/bots/arcade-fight';
import { createHindsight } from '../../../engine/bots/hindsight';
import { createPacedOpponent } from '../../../engine/bots/pacing';
import { Input } from '../../../engine/fighter/inputs';
import type { FightView } from '../views';

/** A fight that somebody has played in a browser. */
export interface Played {
  /** The player's masks, little-endian uint16. */
  readonly inputs: Uint8Array<ArrayBuffer>;
  /** What the browser saw. */
  readonly told: { readonly winner: number; readonly frames: number; readonly checksum: number };
}

/** What a fight that was handed out is to an engine. */
function termsOf({ seed, characters, winsNeeded, handicaps, opponent }: FightView): ArcadeFightTerms {
  const { level, manner, seed: luck, pace } = opponent;
  return {
    config: { seed, characters, winsNeeded, handicaps: [given(handicaps[0]), given(handicaps[1])] },
    opponent: {
      side: 2,
      level,
      seed: luck,
      pace: pace === 0 || pace === 1 ? pace : 2,
      ...(manner ? { manner } : {}),
    },
  };
}

/** A handicap without what was left open. */
const given = (handicap: FightView['handicaps'][number]): Record<string, number> =>
  Object.fromEntries(
    Object.entries(handicap).flatMap(([name, value]): [string, number][] =>
      value === undefined ? [] : [[name, value]],
    ),
  );

/** Plays a fight to its end. @param press what the player presses, by the frame's number and the state that a person sees */
function playOut(view: FightView, press: (frame: number, late: Int32Array) => number): Played {
  const fight = createArcadeFight(termsOf(view));
  const seen = createHindsight();
  const masks: number[] = [];
  for (;;) {
    seen.push(fight.state);
    const mask = press(masks.length, seen.late);
    if (!fight.advance(mask)) return { inputs: packed(masks), told: toldOf(fight.report()) };
    masks.push(mask);
  }
}

const toldOf = ({ winner, frames, checksum }: FightReport) => ({ winner, frames, checksum });

/** What a browser would have seen of these inputs. */
export function replay(view: FightView, inputs: Uint8Array): Played['told'] & { readonly over: boolean } {
  const report = simulateFight({ ...termsOf(view), inputs });
  return { ...toldOf(report), over: report.over };
}

/** Walks up and strikes, again and again. */
const rushing = (rhythm: number) => (frame: number) => {
  const beat = frame % rhythm;
  return beat < 4 ? Input.Heavy : beat < rhythm / 2 ? Input.Right : 0;
};

const masterly = (seed: number) => {
  const player = createPacedOpponent({ level: 100, seed, pace: 0 });
  return (_frame: number, late: Int32Array) => player.decide(late, 1);
};

/** Plays as well as it can: plainly at first, then as the best bot does, and as that did last where no way wins. */
export function tryToWin(view: FightView): Played {
  const manners: ((frame: number, late: Int32Array) => number)[] = [31, 23, 37, 19].map(rushing);
  for (let seed = 1; seed < 12; seed += 1) manners.push(masterly(seed));
  for (const press of manners) {
    const played = playOut(view, press);
    if (played.told.winner === 1) return played;
  }
  return playOut(view, masterly(12));
}

/** Plays until the player wins. @throws {Error} for a fight that can't be won */
export function win(view: FightView): Played {
  const played = tryToWin(view);
  if (played.told.winner !== 1) throw new Error('not won in all these ways');
  return played;
}

/** Stands there until it is lost. @throws {Error} where the opponent is too kind */
export function lose(view: FightView): Played {
  const played = playOut(view, () => 0);
  if (played.told.winner !== 2) throw new Error('the opponent did not win');
  return played;
}

function packed(masks: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(masks.length * 2);
  const view = new DataView(bytes.buffer);
  for (const [index, mask] of masks.entries()) view.setUint16(index * 2, mask, true);
  return bytes;
}
