import type { z } from 'zod';
import type { npcResponseRequest, npcResponseResponse } from '../../proto/gm';
import type { SceneStep, StepChoice, Storylet } from '../../proto/scenario-steps';
import type { Ladder } from '../ladders/ladders';
import { readContext } from './context';
import type { Game } from './game';
import { AFFINITY_CHANGE, REPLIES, type Tone, toneOf } from './lines';
import { findLadder } from './people';
import { sayLine } from './say';
import { word } from './wording';

type Request = z.output<typeof npcResponseRequest>;
type Answer = z.infer<typeof npcResponseResponse>;

const MOST_CHANGE = 10;

/** A choice of a ladder: of the place first, since ids need not be unique beyond it. */
function choiceOf(ladder: Ladder | undefined, place: string | undefined, id: string): StepChoice | undefined {
  const sequences = ladder?.scenario.sequences ?? [];
  const scenes = [...sequences.filter((one) => one.id === place), ...sequences].flatMap(
    ({ metadata }): SceneStep[] => {
      const step = metadata?.step;
      return step && 'choices' in step ? [step] : [];
    },
  );
  return scenes.flatMap(({ choices }) => choices).find((choice) => choice.id === id);
}

/** What somebody answers to what a player does or says. */
export function answerFor(game: Game, request: Request): Answer {
  const { session_id, npc_id, player_action, context } = request;
  const { memory, ladders } = game;
  const known = readContext(context, 'choice');
  const ladder = findLadder(ladders, known.scenario ?? memory.of(session_id).scenario);
  const choice = choiceOf(ladder, known.place, player_action);
  const tone = choice?.tone ?? toneOf(player_action);
  const line = sayLine(memory, {
    sessionId: session_id,
    known: { ...known, choice: choice?.id ?? known.choice },
    lines: ladder?.ladder.lines ?? [],
    others: repliesTo(tone),
    occasion: { speaker: npc_id },
  });
  memory.noteSaid(session_id, line.id);
  const told = { known, ladder, line: { ...line, speaker: npc_id }, playerSays: player_action };
  const { text, ...worded } = word(game, `${session_id}\n${npc_id}\n${player_action}`, told);
  return {
    ...{ session_id, npc_id, response: text, tone },
    affinity_change: changeBy(line, npc_id, tone),
    ...worded,
  };
}

/** Answers of anybody to a tone. */
export const repliesTo = (tone: Tone): readonly Storylet[] =>
  REPLIES.filter(({ choice }) => choice === tone).map(withoutChoice);

/** What was chosen is known by its id, not by its tone. */
function withoutChoice({ choice: _, ...line }: Storylet): Storylet {
  return line;
}

/** A line's own effect on who says it, else what the tone does. */
function changeBy(line: Storylet, npcId: string, tone: Tone): number {
  const changes = line.effects.flatMap((effect) =>
    'affinity' in effect && effect.affinity === npcId ? [effect.change] : [],
  );
  const change = changes.length > 0 ? changes.reduce((sum, one) => sum + one, 0) : AFFINITY_CHANGE[tone];
  return Math.min(MOST_CHANGE, Math.max(-MOST_CHANGE, change));
}
