import { TONES, type Tone } from './lines';
import type { Remembered } from './memory';
import type { Language } from './text';

/** How often a tone was taken, in words. */
const DID = {
  en: {
    talk: 'talked',
    negotiate: 'bargained',
    threaten: 'threatened',
    move: 'moved on',
    inspect: 'looked closely',
    prepare: 'prepared',
  },
  ko: {
    talk: '대화',
    negotiate: '흥정',
    threaten: '협박',
    move: '이동',
    inspect: '살펴보기',
    prepare: '준비',
  },
} as const satisfies Record<Language, Record<Tone, string>>;

/** What happened, in a few sentences made by rule: how many turns, what the player did, with whom, and what was said last. */
export function summaryOf({ deeds, turns, language = 'en' }: Remembered): string {
  if (deeds.length === 0) return language === 'ko' ? '아직 아무 일도 없었다.' : 'Nothing has happened yet.';
  const own = deeds.filter(({ isNpcTurn }) => !isNpcTurn);
  const counts = TONES.map((tone) => [tone, own.filter((deed) => deed.tone === tone).length] as const).filter(
    ([, count]) => count > 0,
  );
  const people = [...new Set(deeds.flatMap(({ addressed }) => addressed ?? []))];
  const last = deeds.at(-1)?.turn.segments.findLast(({ type }) => type !== 'action')?.content ?? '';
  const told = language === 'ko' ? korean(turns, counts, people) : english(turns, counts, people);
  return [...told, language === 'ko' ? `마지막 말: “${last}”` : `The last words were: “${last}”`].join(' ');
}

type Counts = readonly (readonly [Tone, number])[];

function english(turns: number, counts: Counts, people: readonly string[]): string[] {
  const did = counts.map(([tone, count]) => `${DID.en[tone]} ${count === 1 ? 'once' : `${count} times`}`);
  return [
    `${turns} ${turns === 1 ? 'turn' : 'turns'} so far.`,
    ...(did.length > 0 ? [`The player ${did.join(', ')}.`] : []),
    ...(people.length > 0 ? [`Spoken to: ${people.join(', ')}.`] : []),
  ];
}

function korean(turns: number, counts: Counts, people: readonly string[]): string[] {
  return [
    `지금까지 ${turns}턴이 지났다.`,
    ...(counts.length > 0
      ? [`플레이어의 행동: ${counts.map(([tone, count]) => `${DID.ko[tone]} ${count}번`).join(', ')}.`]
      : []),
    ...(people.length > 0 ? [`말을 건 상대: ${people.join(', ')}.`] : []),
  ];
}
