import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANNOUNCER_LINES } from '../gm/lines';
import { dumpSession } from '../state/testing/sessions';
import { CONTINUE_POINTS, ENDING_POINTS, scoreOf } from './course/score';
import { ascend, ascentOf } from './testing/climb';
import { type House, openHouse, PRIZES, SHORT } from './testing/house';
import { prizeYard } from './testing/yard';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Turns of a run as TRACE shows them: type and phase. */
async function turnsOf(runId: string): Promise<string[]> {
  const { turns } = await dumpSession(house.database.db, runId);
  return turns.map(({ type, phase }) => `${type} in ${phase}`);
}

async function changesOf(runId: string, type: string) {
  const { turns } = await dumpSession(house.database.db, runId);
  return turns.find((turn) => turn.type === type)?.stateChanges;
}

describe('a run', () => {
  it.each([
    ['thank', 'home', 8 + 3],
    ['leave', 'road', -4],
  ])(
    'ends where its choices lead, and everything stands in the State Manager: %s',
    async (choice, ending, change) => {
      const climber = await ascend(house, PRIZES);
      expect(climber.run).toMatchObject({
        moment: 'fight',
        status: 'active',
        version: 0,
        score: 0,
        items: [],
      });
      const { view, played, ruling } = await climber.fight('win');
      expect(ruling).toMatchObject({
        winner: 1,
        frames: played.told.frames,
        ruledBy: 'rule engine',
        differs: false,
      });
      const points = scoreOf({
        level: view.opponent.level,
        healthLeft: ruling.healthLeft,
        roundsLost: 0,
        frames: ruling.frames,
      });
      expect(ruling.points).toBe(points);
      expect(climber.run).toMatchObject({ moment: 'rest', score: points, version: 1 });
      await climber.rest();
      expect(climber.run).toMatchObject({ moment: 'scene', nerve: 11 });
      await climber.choose(choice);
      // One of the lines after a win makes a friend of her; which one is said is the director's choice.
      const affinity = 60 + (view.lines.won?.lineId === 'short.win.3' ? 2 : 0) + change;
      expect(climber.run).toMatchObject({
        moment: 'ending',
        status: 'ended',
        ending: { id: ending },
        choices: [],
        score: points + ENDING_POINTS + CONTINUE_POINTS,
        bonds: [{ id: 'coach', affinity, isDeparted: false }],
      });
      const dropped = ruling.drops.map(({ id }) => id);
      expect(dropped).toHaveLength(ruling.healthLeft >= 80 ? 3 : ruling.healthLeft >= 40 ? 2 : 1);
      const { runId } = climber.run;
      const kept = await dumpSession(house.database.db, runId);
      const owned = kept.items.filter(({ quantity }) => quantity > 0);
      expect(owned.map(({ scenarioItemId }) => scenarioItemId).sort()).toEqual(dropped.toSorted());
      expect(kept).toMatchObject({
        status: 'ended',
        sequenceId: 'gate',
        player: { hp: climber.run.stamina, san: 11 },
        relations: [{ affinity }],
      });
      expect(await turnsOf(runId)).toEqual([
        'initial_state in dialogue',
        'start in dialogue',
        'fight in combat',
        'rest in rest',
        'choice in dialogue',
      ]);
      expect(await changesOf(runId, 'fight')).toMatchObject({
        fightId: view.fightId,
        ruling: {
          ...{ winner: 1, ruledBy: 'rule engine', checksum: played.told.checksum },
          intensity: { peak: expect.any(Number), mean: expect.any(Number) },
        },
        direction: { level: view.opponent.level, reasons: expect.arrayContaining([expect.any(String)]) },
        goal: { kind: 'sequence', sequenceId: 'bench' },
      });
      expect(await changesOf(runId, 'choice')).toMatchObject({
        choice,
        goal: { kind: 'ending', endingId: ending },
      });
      const { scores } = await house.arcade.scores({ ladder: PRIZES, limit: 100 });
      expect(scores.map(({ score }) => score)).toContain(climber.run.score);
    },
  );

  it('says no line twice where there is another, announcers included, and tells TRACE of each try', async () => {
    const climber = await ascend(house, PRIZES);
    const lines: string[] = [];
    for (const pay of ['continue', undefined] as const) {
      const { view } = await climber.fight('lose');
      lines.push(view.lines.before?.text ?? '', ...climber.run.lines.map(({ text }) => text));
      if (pay) climber.run = await house.arcade.payContinue(climber.climber, { ...climber.at, with: pay });
    }
    expect(lines).toHaveLength(6);
    expect(lines.toSorted()).toEqual([...new Set(lines)].sort());
    expect(await turnsOf(climber.run.runId)).toEqual([
      'initial_state in dialogue',
      'start in dialogue',
      'fight in combat',
      'continue in combat',
      'fight in combat',
    ]);
  });

  it('is shown in the language of now, whatever it was told in', async () => {
    const climber = await ascend(house, PRIZES, 'ko');
    expect(climber.run.lines[0]?.text).toBe('일찍 왔구나. 그 녀석도 그렇고.');
    const english = await house.arcade.run({ ...climber.climber, language: 'en' }, climber.run.runId);
    expect(english.lines[0]?.text).toBe('You are early. So is he.');
    // The announcer's lines are no ladder's.
    await climber.fight('lose');
    const announced = ANNOUNCER_LINES.find(({ id }) => id === climber.run.lines.at(-1)?.lineId);
    expect(climber.run.lines.at(-1)?.text).toBe(announced?.text.ko);
    const translated = await house.arcade.run({ ...climber.climber, language: 'en' }, climber.run.runId);
    expect(translated.lines.at(-1)?.text).toBe(announced?.text.en);
  });

  it('of somebody else is NOT_FOUND, whatever is asked of it', async () => {
    const { run, at } = await ascend(house, PRIZES);
    const stranger = await house.somebody();
    const { arcade } = house;
    const fightId = '00000000-0000-4000-8000-000000000000';
    for (const ask of [
      () => arcade.run(stranger, run.runId),
      () => arcade.fight(stranger, at, 'Stranger'),
      () => arcade.choose(stranger, { ...at, choice: 'thank' }),
      () => arcade.rest(stranger, at),
      () => arcade.payContinue(stranger, { ...at, with: 'coin' }),
      () => arcade.fightLines(stranger, { runId: run.runId, fightId }),
      () => arcade.report(stranger, { ...at, fightId, inputs: new Uint8Array() }),
      () => arcade.pause(stranger, run.runId),
      () => arcade.resume(stranger, run.runId),
      () => arcade.end(stranger, run.runId),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is one, however many windows begin it at once', async () => {
    const climber = await house.somebody();
    const runs = await Promise.all(Array.from({ length: 4 }, () => house.arcade.start(climber, PRIZES)));
    expect(new Set(runs.map(({ runId }) => runId)).size).toBe(1);
    const other = await house.arcade.start(climber, SHORT);
    expect(other.runId).not.toBe(runs[0]?.runId);
  });

  it('stays as it began when its ladder is written anew', async () => {
    const { scenario } = prizeYard('Rewritten');
    const { id } = await house.state.inject(scenario);
    house.clock.pass(5_000);
    const climber = await ascend(house, id);
    const [yard, ...others] = scenario.sequences;
    if (!yard) throw new Error('no yard');
    await house.state.inject({ ...scenario, sequences: [{ ...yard, goal: 'Something else' }, ...others] });
    expect((await house.arcade.run(climber.climber, climber.run.runId)).goal).toBe('Win one round');
    // Nobody else's game master knows it; the arcade's own says its lines.
    expect(climber.run.lines[0]?.text).toBe('You are early. So is he.');
    await climber.fight('win');
    expect(climber.run.moment).toBe('rest');
  });
});

describe('the life of a run', () => {
  it('takes no step while it is paused, and goes on where it was on another device', async () => {
    const phone = await ascend(house, PRIZES);
    const { climber } = phone;
    await phone.fight('win');
    const paused = await house.arcade.pause(climber, phone.run.runId);
    expect(paused).toMatchObject({ status: 'paused', version: phone.run.version });
    await expect(phone.rest()).rejects.toMatchObject({ code: 'CONFLICT', detail: { reason: 'paused' } });
    const { ladders } = await house.arcade.ladders(climber.playerId);
    expect(ladders.find(({ key }) => key === PRIZES)?.run).toMatchObject({
      status: 'paused',
      score: paused.score,
    });
    // What starts a ladder finds the run that there is.
    const found = await house.another().start(climber, PRIZES);
    expect(found).toEqual({ ...paused, lines: found.lines });
    const desk = ascentOf(house, climber, await house.another().resume(climber, found.runId));
    await desk.rest();
    expect(desk.run.moment).toBe('scene');
    await expect(phone.rest()).rejects.toMatchObject({ code: 'CONFLICT', detail: { reason: 'moved_on' } });
  });

  it('stays ended once it is, its score counts, and the ladder can be begun anew', async () => {
    const { run, climber, at } = await ascend(house, PRIZES);
    expect(await house.arcade.end(climber, run.runId)).toMatchObject({ status: 'ended', moment: 'over' });
    for (const call of ['resume', 'pause', 'end'] as const)
      await expect(house.arcade[call](climber, run.runId)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(house.arcade.fight(climber, at, 'Climber')).rejects.toMatchObject({
      detail: { reason: 'ended' },
    });
    expect((await house.arcade.start(climber, PRIZES)).runId).not.toBe(run.runId);
  });

  it('is over where its session was ended, or is gone, by the State Manager; the ladder can be begun anew', async () => {
    const { run, climber } = await ascend(house, PRIZES);
    await house.state.end(run.runId);
    const second = await house.arcade.start(climber, PRIZES);
    expect(second.runId).not.toBe(run.runId);
    await house.state.remove(second.runId);
    const { ladders } = await house.arcade.ladders(climber.playerId);
    expect(ladders.find(({ key }) => key === PRIZES)?.run).toBeNull();
    expect((await house.arcade.start(climber, PRIZES)).status).toBe('active');
  });
});
