import type { StoryFacts } from '../../proto/conditions';
import { type DirectorContext, directorContext } from '../../proto/gm';
import { LINE_MOMENTS, type LineMoment } from '../../proto/scenario-steps';
import { readSnapshot } from './snapshot';
import { type Language, languageOf } from './text';

type Loose = Readonly<Record<string, unknown>>;

/** What is known of a moment, whoever has told it. */
export interface Known {
  readonly scenario: string | undefined;
  readonly language: Language;
  readonly moment: LineMoment;
  readonly place: string | undefined;
  readonly choice: string | undefined;
  readonly opponent: string | undefined;
  readonly facts: StoryFacts;
  readonly departed: readonly string[];
  /** undefined: whoever asks leaves it to us to remember. */
  readonly said: readonly string[] | undefined;
  readonly fights: NonNullable<DirectorContext['fights']>;
  readonly nextFight: DirectorContext['next_fight'];
  readonly secondsSincePeak: number | undefined;
  readonly lineId: string | undefined;
  /** Names by scenario id, where the context gives them. */
  readonly names: Readonly<Record<string, string>>;
}

/** A field that is not what it should be is left out, and the rest is read. */
function ourFields(context: Loose): DirectorContext {
  const parsed = directorContext.safeParse(context);
  if (parsed.success) return parsed.data;
  const faulty = new Set(parsed.error.issues.map(({ path }) => path[0]));
  const rest = Object.entries(context).filter(([name]) => !faulty.has(name));
  return directorContext.parse(Object.fromEntries(rest));
}

const isMoment = (text: string): text is LineMoment => LINE_MOMENTS.some((moment) => moment === text);

/** Reads what is known of our own context and of the State Manager's. */
export function readContext(context: Loose, promptType: string): Known {
  const ours = ourFields(context);
  const theirs = readSnapshot(context);
  const fights = ours.fights ?? [];
  const moment = isMoment(promptType) ? promptType : (ours.moment ?? theirs.moment ?? 'arrive');
  return {
    scenario: ours.scenario ?? theirs.scenario,
    language: ours.language ?? languageOf(Object.values(theirs.names).join(' ')),
    moment,
    place: ours.sequence_id ?? theirs.place,
    choice: ours.choice,
    opponent: ours.opponent ?? theirs.opponent,
    facts: factsOf(ours, theirs, moment),
    departed: ours.departed ?? theirs.departed,
    said: ours.said,
    fights,
    nextFight: ours.next_fight,
    secondsSincePeak: ours.seconds_since_peak,
    lineId: ours.line_id,
    names: theirs.names,
  };
}

/** A number that nobody told lies in no range. */
const UNKNOWN = Number.NaN;
const RESULT_AT: Partial<Record<LineMoment, 'won' | 'lost'>> = { after_win: 'won', after_loss: 'lost' };

function factsOf(
  ours: DirectorContext,
  theirs: ReturnType<typeof readSnapshot>,
  moment: LineMoment,
): StoryFacts {
  const last = ours.fights?.at(-1);
  const result = ours.result ?? (last && (last.won ? 'won' : 'lost')) ?? RESULT_AT[moment];
  return {
    flags: new Set(ours.flags),
    affinities: ours.affinities ?? theirs.affinities ?? {},
    items: new Set(ours.items ?? theirs.items),
    stamina: ours.stamina ?? theirs.stamina ?? UNKNOWN,
    losses: ours.losses ?? ours.fights?.filter(({ won }) => !won).length ?? UNKNOWN,
    last: result && { result, healthLeft: ours.health_left ?? last?.health_left ?? UNKNOWN },
  };
}
