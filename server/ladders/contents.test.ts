import { describe, expect, it } from 'vitest';
import { combineHandicaps, HANDICAP_NAMES, NO_HANDICAP } from '../../engine/fighter/handicap';
import { itemMeta, LINE_MOMENTS, personMeta, type Words } from '../../proto/scenario-steps';
import bawi from './bawi.json';
import garam from './garam.json';
import { type Climb, readClimb } from './testing/climb';

const LADDERS = [
  ['Garam', readClimb(garam)],
  ['Bawi', readClimb(bawi)],
] as const;

const MOST_SPOKEN = 90;
const MOST_LABEL = 40;
const HANGUL = /[가-힣]/u;

const stepsOf = ({ scenario }: Climb) => scenario.sequences.flatMap(({ metadata }) => metadata?.step ?? []);
const itemsOf = ({ scenario }: Climb) =>
  scenario.items.map(({ meta, ...item }) => ({ ...item, meta: itemMeta.parse(meta) }));
const peopleOf = ({ scenario }: Climb) => [
  ...scenario.npcs.map((npc) => ({ id: npc.scenario_npc_id, ...personMeta.parse(npc.metadata) })),
  ...scenario.enemies.map((enemy) => ({ id: enemy.scenario_enemy_id, ...personMeta.parse(enemy.metadata) })),
];

describe.each(LADDERS)('the ladder of %s', (_, climb) => {
  const { scenario, ladder } = climb;
  const steps = stepsOf(climb);
  const fights = steps.filter((step) => step.kind === 'fight');

  it('has three acts, each with a map of its own', () => {
    expect(scenario.acts).toHaveLength(3);
    expect(steps.filter(({ kind }) => kind === 'map').map(({ still }) => still)).toEqual([
      'map-1',
      'map-2',
      'map-3',
    ]);
  });

  it('rises from a fight for who has never played to one for who has', () => {
    expect(fights.at(0)).toMatchObject({ level: 12, winsNeeded: 1 });
    expect(fights.at(0)?.opponentHandicap?.healthPercent).toBeLessThan(90);
    expect(Math.max(...fights.map(({ level }) => level))).toBe(85);
    expect(fights.at(-1)?.level).toBe(85);
    // Nobody is met with more than an easy fight at first; from the third on the director may suit anybody.
    expect(fights.at(0)?.sway).toBe(10);
    const swayAt = (level: number) => (level < 20 ? 10 : level < 30 ? 60 : 100);
    expect(fights.map(({ sway }) => sway)).toEqual(fights.map(({ level }) => swayAt(level)));
    for (const { level, sway } of fights.filter(({ level }) => level >= 39))
      expect([level - sway, level + sway], String(level)).toEqual([
        Math.min(0, level - sway),
        Math.max(100, level + sway),
      ]);
  });

  it('fights as characters that there are, with the health of the public format', () => {
    for (const enemy of scenario.enemies) {
      expect([1, 2]).toContain(enemy.rule_id);
      expect(enemy.state?.numeric).toMatchObject({ HP: 100 });
    }
  });

  it('has twelve items, two of them costumes that can be seen, one a token', () => {
    const items = itemsOf(climb);
    expect(items).toHaveLength(12);
    const costumes = items.filter(({ meta }) => meta.kind === 'costume');
    expect(costumes).toHaveLength(2);
    for (const { meta } of costumes) expect(meta.look).toBeDefined();
    expect(items.filter(({ meta }) => meta.kind === 'token')).toHaveLength(1);
  });

  it('says of each item in figures what it does, in both languages', () => {
    for (const { meta, name, description } of itemsOf(climb)) {
      expect([name, description]).toEqual([meta.name.en, meta.text.en]);
      const figures = HANDICAP_NAMES.flatMap((part) => {
        const change = (meta.handicap?.[part] ?? NO_HANDICAP[part]) - NO_HANDICAP[part];
        if (change === 0) return [];
        return `${change > 0 ? '+' : '−'}${Math.abs(change)}${part === 'gaugeStart' ? '' : '%'}`;
      });
      if (meta.kind === 'token') figures.push('1');
      expect(figures).not.toHaveLength(0);
      for (const text of [meta.text.en, meta.text.ko])
        for (const figure of figures) expect(text).toContain(figure);
    }
  });

  it('gives no more than all items together may come to', () => {
    const all = itemsOf(climb).flatMap(({ meta }) => (meta.handicap ? [meta.handicap] : []));
    const given = all.map((handicap) =>
      Object.fromEntries(Object.entries(handicap).filter(([, value]) => value !== undefined)),
    );
    const sum = combineHandicaps(given);
    for (const part of HANDICAP_NAMES) {
      const added = given.reduce((so, one) => so + (one[part] ?? NO_HANDICAP[part]) - NO_HANDICAP[part], 0);
      expect(sum[part] - NO_HANDICAP[part], part).toBe(added);
    }
  });

  it('has room on a still for every line, text and label', () => {
    const spoken: Words[] = [
      ...ladder.lines.map(({ text }) => text),
      ...steps.flatMap(({ text }) => text ?? []),
    ];
    const labels = steps.flatMap((step) => ('choices' in step ? step.choices.map(({ label }) => label) : []));
    const titles = [...steps, ...ladder.endings].map(({ title }) => title);
    for (const { en, ko } of spoken)
      expect(Math.max(en.length, ko.length), en).toBeLessThanOrEqual(MOST_SPOKEN);
    for (const { en, ko } of [...labels, ...titles])
      expect(Math.max(en.length, ko.length), en).toBeLessThanOrEqual(MOST_LABEL);
  });

  it('is written in Korean and in English, everywhere', () => {
    const all: Words[] = [
      ...ladder.lines.map(({ text }) => text),
      ...ladder.endings.flatMap(({ title, text }) => [title, text]),
      ...itemsOf(climb).flatMap(({ meta }) => [meta.name, meta.text]),
      ...peopleOf(climb).map(({ name }) => name),
      ...steps.flatMap(({ title, text }) => [title, ...(text ? [text] : [])]),
      ...[ladder.title, ladder.text],
    ];
    for (const { en, ko } of all) {
      expect(ko).toMatch(HANGUL);
      expect(en).not.toMatch(HANGUL);
    }
  });

  it('has eighty lines and more, for every moment, none of them twice, and gives everybody a voice', () => {
    expect(ladder.lines.length).toBeGreaterThanOrEqual(80);
    for (const moment of LINE_MOMENTS)
      expect(ladder.lines.filter((line) => line.moment === moment).length, moment).toBeGreaterThanOrEqual(8);
    for (const language of ['en', 'ko'] as const)
      expect(new Set(ladder.lines.map(({ text }) => text[language])).size).toBe(ladder.lines.length);
    const names = new Map(peopleOf(climb).map(({ id, name }) => [id, name.en]));
    const spokenBy = (name: string) =>
      ladder.lines.filter(({ speaker }) => (names.get(speaker) ?? speaker) === name).length;
    for (const name of ['announcer', ...scenario.npcs.map((npc) => npc.name)])
      expect(spokenBy(name), name).toBeGreaterThanOrEqual(30);
    for (const { name } of scenario.enemies) expect(spokenBy(name), name).toBeGreaterThanOrEqual(7);
  });
});

describe('the two ladders', () => {
  it('share no rule id of an item, and call the same people by the same names', () => {
    const ids = LADDERS.flatMap(([, { scenario }]) => scenario.items.map(({ rule_id }) => rule_id));
    expect(ids.map((id) => Math.floor(id / 100))).toEqual([...Array(12).fill(1), ...Array(12).fill(2)]);
    expect(new Set(ids).size).toBe(24);
    const names = new Map<string | undefined, string>();
    for (const { look, name } of LADDERS.flatMap(([, climb]) => peopleOf(climb))) {
      expect(names.get(look) ?? JSON.stringify(name)).toBe(JSON.stringify(name));
      names.set(look, JSON.stringify(name));
    }
    expect(names.size).toBe(10);
  });
});
