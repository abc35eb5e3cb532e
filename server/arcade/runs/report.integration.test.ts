import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Input } from '../../../engine/fighter/inputs';
import { dumpSession } from '../../state/testing/sessions';
import { type Ascent, ascend, ascentOf } from '../testing/climb';
import { type House, openHouse, PRIZES } from '../testing/house';
import { lose, type Played, replay, win } from '../testing/play';
import type { FightView } from '../views';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

let climber: Ascent;
beforeEach(async () => {
  climber = await ascend(house, PRIZES);
});

const LONG_MS = 200_000;

/** Everything that is kept of a run. */
const kept = async ({ run: { runId } }: Ascent) => ({
  row: await house.database.db.arcadeRun.findUnique({ where: { id: runId }, include: { fights: true } }),
  session: await dumpSession(house.database.db, runId),
});

/** The same with one bit of one input flipped, one that decides something. */
function flipped(view: FightView, { inputs, told }: Played): Played {
  for (let frame = 100; frame < inputs.length / 2; frame += 1) {
    const bytes = inputs.slice();
    bytes[frame * 2] = (bytes[frame * 2] ?? 0) ^ Input.Heavy;
    const other = replay(view, bytes);
    if (other.over && other.checksum !== told.checksum) return { inputs: bytes, told };
  }
  throw new Error('no input decided anything');
}

describe('the report of a fight', () => {
  it('that lies about the winner changes nothing but `differs`', async () => {
    const view = await climber.open();
    const lost = lose(view);
    house.clock.pass(LONG_MS);
    const ruling = await climber.report(view, { ...lost, told: { ...lost.told, winner: 1 } });
    expect(ruling).toMatchObject({ winner: 2, points: 0, drops: [], differs: true });
    expect(climber.run).toMatchObject({ moment: 'continue', score: 0, items: [] });
    const { row } = await kept(climber);
    expect(row?.fights).toMatchObject([{ winner: 2, differs: true, checksum: BigInt(lost.told.checksum) }]);
  });

  it('is ruled by its inputs: with one of them flipped it is another fight, and differs from what was told', async () => {
    const view = await climber.open();
    const forged = flipped(view, win(view));
    house.clock.pass(LONG_MS);
    const { winner, frames, checksum } = replay(view, forged.inputs);
    expect(await climber.report(view, forged)).toMatchObject({ winner, frames, differs: true });
    const { row } = await kept(climber);
    expect(row?.fights).toMatchObject([{ winner, frames, differs: true, checksum: BigInt(checksum) }]);
  });

  it('without an end is refused, and the fight stays open', async () => {
    const view = await climber.open();
    const won = win(view);
    house.clock.pass(LONG_MS);
    const before = await kept(climber);
    const cut = { ...won, inputs: won.inputs.slice(0, won.inputs.length / 2) };
    for (const short of [cut, { ...won, inputs: new Uint8Array() }])
      await expect(climber.report(view, short)).rejects.toMatchObject({
        code: 'CONFLICT',
        detail: { reason: 'unfinished' },
      });
    expect(await kept(climber)).toEqual(before);
    expect(await climber.report(view, won)).toMatchObject({ winner: 1 });
  });

  it('of more frames than fit the time is RATE_LIMITED until they do', async () => {
    const view = await climber.open();
    const won = win(view);
    await expect(climber.report(view, won)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    house.clock.pass((won.told.frames / 60) * 1_000);
    expect(await climber.report(view, won)).toMatchObject({ winner: 1 });
  });

  it('that comes twice has the same ruling, and is one step', async () => {
    const { view, played, ruling } = await climber.fight('win');
    const { version } = climber.run;
    const after = await kept(climber);
    expect(await climber.report(view, played)).toEqual(ruling);
    // Also what another fight would be ruled as: this one has its end.
    expect(await climber.report(view, lose(view))).toEqual(ruling);
    expect(climber.run.version).toBe(version);
    expect(await kept(climber)).toEqual(after);
  });

  it('from two devices at once is one step; the other one hears that the run moved on', async () => {
    const view = await climber.open();
    const won = win(view);
    house.clock.pass(LONG_MS);
    const { version } = climber.run;
    const other = ascentOf(house, climber.climber, climber.run);
    const answers = await Promise.allSettled([
      climber.report(view, won),
      other.report(view, won, {}, house.another()),
    ]);
    const refused = answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => reason);
    // The later one may also have come after the end: then it has the same ruling.
    for (const reason of refused)
      expect(reason).toMatchObject({ code: 'CONFLICT', detail: { reason: 'moved_on' } });
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
    const { row, session } = await kept(climber);
    expect(row?.version).toBe(version + 1);
    expect(session.turns.filter(({ type }) => type === 'fight')).toHaveLength(1);
  });

  it('of a fight of another run is NOT_FOUND', async () => {
    const other = await ascend(house, PRIZES);
    const view = await other.open();
    await expect(climber.report(view, lose(view))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of bytes that are no frames, or too many, is BAD_REQUEST', async () => {
    const view = await climber.open();
    house.clock.pass(10 * LONG_MS);
    for (const length of [1, 3, 80_002])
      await expect(
        climber.report(view, { inputs: new Uint8Array(length), told: { winner: 1, frames: 1, checksum: 1 } }),
      ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('while the run is paused changes nothing, and counts once it goes on', async () => {
    const view = await climber.open();
    const won = win(view);
    house.clock.pass(LONG_MS);
    await house.arcade.pause(climber.climber, climber.run.runId);
    await expect(climber.report(view, won)).rejects.toMatchObject({ detail: { reason: 'paused' } });
    await house.arcade.resume(climber.climber, climber.run.runId);
    expect(await climber.report(view, won)).toMatchObject({ winner: 1 });
  });
});

describe('a fight that was handed out', () => {
  it('is the same fight again, to another device too; the fourth time it is refused, and giving up loses it', async () => {
    const first = await climber.open();
    const before = await kept(climber);
    expect(await climber.open(house.another())).toEqual(first);
    expect(await climber.open()).toEqual(first);
    const refusal = { code: 'CONFLICT', detail: { reason: 'begun_too_often', fightId: first.fightId } };
    await expect(climber.open()).rejects.toMatchObject(refusal);
    expect((await kept(climber)).session).toEqual(before.session);
    const nothing = { inputs: new Uint8Array(), told: { winner: 0, frames: 0, checksum: 0 } };
    expect(await climber.report(first, nothing, { givesUp: true })).toMatchObject({
      winner: 2,
      points: 0,
      drops: [],
    });
    expect(climber.run).toMatchObject({ moment: 'continue', score: 0 });
  });

  it('at once by several windows is one fight', async () => {
    const views = await Promise.all([climber.open(), climber.open(house.another()), climber.open()]);
    expect(new Set(views.map(({ seed, fightId }) => `${fightId} ${seed}`)).size).toBe(1);
    expect(await house.database.db.arcadeFight.count({ where: { runId: climber.run.runId } })).toBe(1);
  });

  it('and won before it was given up, is won', async () => {
    const view = await climber.open();
    const won = win(view);
    house.clock.pass(LONG_MS);
    expect(await climber.report(view, won, { givesUp: true })).toMatchObject({ winner: 1 });
  });

  it('says how it is refused where there is none', async () => {
    await climber.fight('win');
    await expect(climber.open()).rejects.toMatchObject({ code: 'CONFLICT' });
    await climber.rest();
    await expect(climber.open()).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(climber.rest()).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(climber.choose('bow')).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
