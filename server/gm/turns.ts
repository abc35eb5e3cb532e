import type { z } from 'zod';
import type { gameTurnRequest, npcTurnRequest, segment } from '../../proto/gm';
import type { Storylet } from '../../proto/scenario-steps';
import { type Known, readContext } from './context';
import type { Game } from './game';
import { ANNOUNCER_LINES, type Tone, toneOf } from './lines';
import type { Turn } from './memory';
import { repliesTo } from './npc';
import { findLadder, peopleOf, whoIsNamed } from './people';
import { sayLine } from './say';
import { type Language, languageOf, oneLine, withoutMarkup } from './text';

type Segment = z.infer<typeof segment>;

/** Of what a player writes so much is told again. Characters. */
const MOST_TOLD = 500;

/** A turn of the player: what he does, what the announcer makes of it, and what whoever is spoken to says. */
export function takeTurn(game: Game, { session_id, content }: z.output<typeof gameTurnRequest>): Turn {
  const { memory, ladders } = game;
  const language = languageOf(content);
  const { scenario } = memory.of(session_id);
  const ladder = findLadder(ladders, scenario);
  const tone = toneOf(content);
  const addressed = whoIsNamed(ladder ? [ladder] : ladders.all, content);
  const known = readContext({ language, choice: tone }, 'choice');
  const comment = speak(game, session_id, known, { lines: [], others: ANNOUNCER_LINES });
  const segments: Segment[] = [
    { type: 'action', role: 'player', content: withoutMarkup(oneLine(content, MOST_TOLD)) },
    { type: 'narration', role: 'announcer', content: comment.text[language] },
    ...(addressed === undefined ? [] : [dialogue(game, session_id, known, { npc: addressed, tone })]),
  ];
  const turn = turnOf(game, session_id, segments, { active: 'player', name: null, isNpcTurn: false });
  memory.note(session_id, { language });
  memory.noteDeed(session_id, { turn, tone, addressed, isNpcTurn: false });
  return turn;
}

/** A turn of whoever was spoken to last, else of the first npc of the scenario, else of the announcer. */
export function takeNpcTurn(game: Game, { session_id }: z.output<typeof npcTurnRequest>): Turn {
  const { memory, ladders } = game;
  const { deeds, scenario, language = 'en' } = memory.of(session_id);
  const ladder = findLadder(ladders, scenario);
  const last = deeds.findLast(({ addressed }) => addressed !== undefined);
  const npc = last?.addressed ?? ladder?.scenario.npcs[0]?.scenario_npc_id;
  const tone = last?.tone ?? 'talk';
  const known = readContext({ language, choice: tone }, 'choice');
  const said: Segment =
    npc === undefined
      ? {
          type: 'narration',
          role: 'announcer',
          content: speak(game, session_id, known, { lines: [], others: ANNOUNCER_LINES }).text[language],
        }
      : dialogue(game, session_id, known, { npc, tone });
  const turn = turnOf(game, session_id, [said], {
    active: npc ?? 'announcer',
    name: npc === undefined ? null : nameOf(game, npc, language),
    isNpcTurn: true,
  });
  memory.noteDeed(session_id, { turn, tone, addressed: npc, isNpcTurn: true });
  return turn;
}

function speak(
  { memory }: Game,
  sessionId: string,
  known: Known,
  from: { lines: readonly Storylet[]; others: readonly Storylet[]; speaker?: string },
): Storylet {
  const { lines, others, speaker } = from;
  const occasion = speaker === undefined ? {} : { speaker };
  const line = sayLine(memory, { sessionId, known, lines, others, occasion });
  memory.noteSaid(sessionId, line.id);
  return line;
}

function dialogue(
  game: Game,
  sessionId: string,
  known: Known,
  { npc, tone }: { npc: string; tone: Tone },
): Segment {
  const ladder = findLadder(game.ladders, game.memory.of(sessionId).scenario);
  const lines = ladder?.ladder.lines ?? [];
  const line = speak(game, sessionId, known, { lines, others: repliesTo(tone), speaker: npc });
  return { type: 'dialogue', role: npc, content: line.text[known.language] };
}

function nameOf({ ladders }: Game, id: string, language: Language): string | null {
  const people = ladders.all.flatMap((ladder) => peopleOf(ladder, language));
  return people.find((one) => one.id === id)?.name ?? null;
}

function turnOf(
  { memory }: Game,
  sessionId: string,
  segments: Segment[],
  who: { active: string; name: string | null; isNpcTurn: boolean },
): Turn {
  return {
    turn_id: `${sessionId}:${memory.of(sessionId).turns + 1}`,
    commit_id: null,
    active_entity_id: who.active,
    active_entity_name: who.name,
    is_npc_turn: who.isNpcTurn,
    current_act_id: null,
    current_sequence_id: null,
    session_status: 'active',
    is_session_ended: false,
    narrative: segments
      .filter(({ type }) => type !== 'action')
      .map(({ content }) => content)
      .join(' '),
    segments,
    transition: null,
    npc_turn: null,
    npc_turns: [],
  };
}
