import type { z } from 'zod';
import type { Direction, NarrativeResponse, narrativeRequest } from '../../proto/gm';
import type { Storylet } from '../../proto/scenario-steps';
import { type Known, readContext } from './context';
import { direct } from './director';
import type { Game } from './game';
import { ANNOUNCER_LINES } from './lines';
import { findLadder } from './people';
import { sayLine } from './say';
import { word } from './wording';

type Request = z.output<typeof narrativeRequest>;

/** Asks for a decision about the next fight. */
const OPPONENT = 'opponent';

/** The direction of the next fight, as far as anything is known that it could follow. */
function directionOf({ levels }: Game, known: Known, isAsked: boolean): Direction | undefined {
  const { fights, nextFight, secondsSincePeak, facts } = known;
  if (!isAsked && !nextFight && fights.length === 0) return undefined;
  return direct(levels, { fights, nextFight, secondsSincePeak, affinities: facts.affinities });
}

/** A line for a moment: the director's at once; the model's for whoever asks again. */
export function narrate(game: Game, request: Request): NarrativeResponse {
  const { session_id, context, prompt_type } = request;
  const { memory, ladders } = game;
  const isOpponent = prompt_type === OPPONENT;
  const known = readContext(isOpponent ? { moment: 'before_fight', ...context } : context, prompt_type);
  const ladder = findLadder(ladders, known.scenario ?? memory.of(session_id).scenario);
  const lines = ladder?.ladder.lines ?? [];
  const line = sayLine(memory, { sessionId: session_id, known, lines, others: ANNOUNCER_LINES });
  const direction = directionOf(game, known, isOpponent);
  // What accompanies a decision is not on the screen yet.
  if (!isOpponent) remember(game, session_id, known, line);
  const told = { known, ladder, line, playerSays: undefined };
  const asked = isOpponent ? { ...game, model: undefined } : game;
  const { text, ...worded } = word(asked, `${session_id}\n${prompt_type}`, told);
  return {
    ...{ session_id, prompt_type, narrative: text, speaker: line.speaker },
    ...worded,
    ...(direction ? { direction } : {}),
    effects: line.effects,
  };
}

function remember({ memory }: Game, sessionId: string, known: Known, line: Storylet): void {
  const { scenario, language } = known;
  memory.note(sessionId, { ...(scenario === undefined ? {} : { scenario }), language });
  memory.noteSaid(sessionId, line.id);
}
