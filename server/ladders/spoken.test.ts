import { describe, expect, it } from 'vitest';
import bawi from './bawi.json';
import garam from './garam.json';
import { readClimb } from './testing/climb';
import { runOnce, type Told } from './testing/run';

const LADDERS = [
  ['Garam', readClimb(garam), 'bawi'],
  ['Bawi', readClimb(bawi), 'garam'],
] as const;

const RUNS = 1_000;

describe.each(LADDERS)('what is said on the ladder of %s', (_, climb, rival) => {
  const runs = Array.from({ length: RUNS }, (_, seed) => runOnce(climb, seed + 1));
  const told = runs.flat();
  const where = ({ moment, at, choice = '' }: Told) => `${moment} ${at} ${choice}`;

  it('is every line there is, each in some run', () => {
    const said = new Set(told.flatMap(({ line }) => line?.id ?? []));
    const unsaid = climb.ladder.lines.filter(({ id }) => !said.has(id));
    expect(unsaid.map(({ id }) => id)).toEqual([]);
  });

  it('is something at every moment of ten fights, however many are lost, and never the same twice', () => {
    const silent = told.filter(({ line, fights }) => !line && fights <= 10);
    expect([...new Set(silent.map(where))]).toEqual([]);
    expect(runs.some((run) => run.filter(({ moment }) => moment === 'after_loss').length >= 10)).toBe(true);
  });

  it('answers every choice by who is spoken to', () => {
    for (const { choice, at, fitting } of told) {
      if (choice === undefined) continue;
      const step = climb.scenario.sequences.find(({ id }) => id === at)?.metadata?.step;
      const asked = step && 'speaker' in step ? step.speaker : undefined;
      expect(
        fitting.map(({ speaker }) => speaker),
        `${choice} in ${at}`,
      ).toContain(asked);
    }
  });

  it('lets the rival speak as friend, as foe and as neither', () => {
    const tones = climb.ladder.lines.flatMap(({ speaker, moment, if: conditions }) =>
      conditions.flatMap((one) =>
        speaker === rival && 'affinity' in one
          ? `${moment} from ${one.least ?? 0} to ${one.most ?? 100}`
          : [],
      ),
    );
    for (const moment of ['arrive', 'before_fight', 'after_win', 'after_loss'])
      for (const range of ['from 60 to 100', 'from 0 to 35']) expect(tones).toContain(`${moment} ${range}`);
    expect(tones).toContain('before_fight from 36 to 59');
  });
});
