import type { Logger } from 'pino';
import type { Direction, DirectorContext, NarrativeResponse } from '../../proto/gm';
import type { LineMoment } from '../../proto/scenario-steps';
import type { KnownLadder } from './context';
import type { Facts, LadderScenario } from './course/facts';
import type { FightPlan } from './course/fight-plan';
import { personOf } from './people';
import type { ReadyLine } from './runs/terms';
import { type Answered, askFirst } from './second-best';

/** What is asked of a game master. */
export interface NarrativeQuestion {
  readonly session_id: string;
  readonly prompt_type: string;
  readonly context: DirectorContext;
}

/** A game master: ours behind its address, somebody else's, or the director in this process. */
export type GameMaster = (question: NarrativeQuestion, signal: AbortSignal) => Promise<NarrativeResponse>;

/** A text in every language. */
type Words = Readonly<Record<'en' | 'ko', string>>;

/** Past fights as the director reads them. */
export type FightHistory = NonNullable<DirectorContext['fights']>;

/** Where a run stands when something is to be said. */
export interface Telling {
  readonly runId: string;
  readonly ladder: KnownLadder;
  readonly facts: Facts;
  readonly said: readonly string[];
  readonly history: FightHistory;
  readonly language: 'en' | 'ko';
}

/** A game master may take so long; what it says later nobody waits for. Milliseconds. */
const WITHIN_MS = 1_000;
/** A line on the screen. Characters. */
const MAX_LINE = 600;
/** As many as the wire takes, and as long as it takes them. */
const MAX_SAID = 500;
const MAX_LINE_ID = 200;

export interface Narrator {
  /** A line for a moment; null when the game master has none. */
  line(
    telling: Telling,
    moment: LineMoment,
    about?: { readonly choice?: string; readonly opponent?: string },
  ): Promise<ReadyLine | null>;
  /** The same line as a model has put it meanwhile; unchanged where none has, or nobody is asked any more. */
  reworded(telling: Telling, moment: LineMoment, ready: ReadyLine): Promise<ReadyLine>;
  /** A line that belongs to no ladder, by its id: what it is in every language. */
  commonWords(lineId: string): Words | undefined;
  /** Whom to fight, and how hard; undefined when the game master says nothing of it. */
  direct(telling: Telling, plan: FightPlan): Promise<Answered<Direction | undefined>>;
}

/** Asks the game master, or its stand-in where that does not answer. */
export function createNarrator({
  theirs,
  ours,
  common,
  log,
}: {
  readonly theirs: GameMaster;
  /** The director in this process; it knows the lines of any ladder that it is shown. */
  ours(question: NarrativeQuestion, ladder: LadderScenario): Promise<NarrativeResponse>;
  /** Lines that belong to no ladder, such as an announcer's. */
  readonly common: readonly { readonly id: string; readonly text: Words }[];
  readonly log: Pick<Logger, 'warn'>;
}): Narrator {
  const commonById = new Map(common.map(({ id, text }) => [id, text]));
  async function ask({ ladder }: Telling, question: NarrativeQuestion): Promise<Answered<NarrativeResponse>> {
    // A designer's lines are known here alone.
    if (!ladder.isBundled)
      return { value: await ours(question, ladder), isTheirs: false, why: 'not_bundled' };
    return askFirst(
      'game master',
      (signal) => theirs(question, signal),
      () => ours(question, ladder),
      { withinMs: WITHIN_MS, log },
    );
  }

  return {
    async line(telling, moment, about = {}) {
      const { value } = await ask(telling, {
        session_id: telling.runId,
        prompt_type: moment,
        context: { ...contextOf(telling), moment, ...about },
      });
      return readyLine(telling, value);
    },
    async reworded(telling, moment, ready) {
      const { said } = ready;
      if (!ready.line.isPending || said === null) return ready;
      const { value, isTheirs } = await ask(telling, {
        session_id: telling.runId,
        prompt_type: moment,
        context: { ...contextOf(telling), moment, line_id: said },
      });
      const text = value.narrative.trim().slice(0, MAX_LINE);
      const isNew = isTheirs && value.source === 'model' && text !== '';
      // What the line changes stays what the ladder says.
      return {
        ...ready,
        line: { ...ready.line, isPending: value.is_pending, ...(isNew ? { text, lineId: null } : {}) },
      };
    },
    commonWords: (lineId) => commonById.get(lineId),
    async direct(telling, plan) {
      const answered = await ask(telling, {
        session_id: telling.runId,
        prompt_type: 'opponent',
        context: {
          ...contextOf(telling),
          moment: 'before_fight',
          opponent: plan.opponent,
          next_fight: { level: plan.level, sway: plan.sway, opponents: [plan.opponent] },
        },
      });
      return { ...answered, value: answered.value.direction };
    },
  };
}

function contextOf({ ladder, facts, said, history, language }: Telling): DirectorContext {
  return {
    scenario: ladder.scenario.title,
    language,
    sequence_id: facts.sequenceId,
    flags: [...facts.flags],
    affinities: { ...facts.affinities },
    items: Object.keys(facts.items).filter((id) => (facts.items[id] ?? 0) > 0),
    departed: [...facts.departed],
    stamina: facts.stamina,
    losses: facts.losses,
    ...(facts.last ? { result: facts.last.result, health_left: facts.last.healthLeft } : {}),
    said: said.slice(-MAX_SAID),
    fights: history.slice(-100),
  };
}

/** A line for the screen: who says it is shown as the ladder has them. */
function readyLine({ ladder, language }: Telling, answer: NarrativeResponse): ReadyLine | null {
  const text = answer.narrative.trim();
  if (text === '') return null;
  const known = ladder.ladder.lines.find(({ id }) => id === answer.line_id);
  return {
    line: {
      speaker: personOf(ladder, answer.speaker ?? known?.speaker ?? 'announcer'),
      // What our own ladder has is shown as it was written, whoever chose it.
      text: known && answer.source === 'director' ? known.text[language] : text.slice(0, MAX_LINE),
      // A model's words are nobody's storylet: they stay in the language that was asked for.
      lineId: answer.source === 'director' ? (known?.id ?? lineIdOf(answer)) : null,
      isPending: answer.is_pending,
    },
    // The announcer's lines are nobody's ladder's, and are not said twice either.
    said: known?.id ?? lineIdOf(answer),
    // Only what the ladder declares for its own lines changes anything: a neighbour's word does not.
    effects: known?.effects ?? [],
  };
}

/** What a game master calls a line, where that can be told to one again. */
function lineIdOf({ line_id }: NarrativeResponse): string | null {
  return line_id !== null && line_id.length > 0 && line_id.length <= MAX_LINE_ID ? line_id : null;
}
