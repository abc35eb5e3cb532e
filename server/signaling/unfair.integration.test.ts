import { describe, expect, it } from 'vitest';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { fight, inputsFor, playFor, sendFrames, startFight } from './testing/match';
import type { Player } from './testing/player';

/** Ways to make a win out of nothing, or no loss out of a loss. */

let arcade: TestArcade;
let one: Player;
let two: Player;

arcadeOfEachTest(async (fresh) => {
  arcade = fresh;
  [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
});

const resultOf = (sessionId: string) => arcade.db.matchResult.findUniqueOrThrow({ where: { sessionId } });

/** Lets time pass a second at a time, as the sweep sees it. */
async function wait(
  seconds: number,
  eachSecond: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    playFor(arcade, 60);
    await eachSecond();
  }
}

describe('an attacker', () => {
  it('JUDGE-5: who withholds inputs and tells the judge made-up frames wins nothing, at the start or in mid-fight', async () => {
    for (const fought of [0, 240]) {
      one.forget();
      two.forget();
      const { sessionId, config } = await startFight(one, two);
      const inputs = inputsFor(config);
      await fight(arcade, [one, two], sessionId, inputs, 0, fought);
      let told = fought;
      await wait(58, async () => {
        told = await sendFrames(one, sessionId, inputs, told, Math.min(told + 60, inputs.byteLength / 4 - 1));
      });
      expect(await arcade.db.matchResult.count({ where: { sessionId } })).toBe(0);
      await wait(4);
      expect(await two.hear('match_ended')).toMatchObject({ sessionId, winner: 0, reason: 'no_contest' });
      expect(await resultOf(sessionId)).toMatchObject({ winner: 0, frames: fought });
    }
  });

  it('JUDGE-6: who keeps back the last three frames of a lost fight has lost it 10 seconds later', async () => {
    const { sessionId, config } = await startFight(one, two);
    const inputs = inputsFor(config);
    const frames = inputs.byteLength / 4;
    await fight(arcade, [one, two], sessionId, inputs, 0, frames - 30);
    playFor(arcade, 30);
    await sendFrames(one, sessionId, inputs, frames - 30, frames);
    await sendFrames(two, sessionId, inputs, frames - 30, frames - 3);
    await wait(9);
    expect(await arcade.db.matchResult.count({ where: { sessionId } })).toBe(0);
    // Nor does it help to say that the connection failed.
    await two.send('peer_failed', { playerId: two.id, sessionId, reason: 'nothing arrives' });
    await wait(2);
    expect(await one.hear('match_ended')).toMatchObject({ sessionId, winner: 1, reason: 'forfeit' });
    expect(await resultOf(sessionId)).toMatchObject({ winner: 1, frames: frames - 3 });
  });

  it('JUDGE-5: who leaves before anything was fought gives nobody a win', async () => {
    const { sessionId } = await startFight(one, two);
    await one.send('leave_match', { playerId: one.id, sessionId });
    expect(await two.hear('match_ended')).toMatchObject({
      sessionId,
      winner: 0,
      reason: 'no_contest',
      frames: 0,
    });
  });

  it('JUDGE-7: who gives up while the judge hangs has lost when it is back', async () => {
    const { sessionId, config } = await startFight(one, two);
    const inputs = inputsFor(config);
    await fight(arcade, [one, two], sessionId, inputs, 0, 300);
    const resume = arcade.hangJudge();
    await one.send('leave_match', { playerId: one.id, sessionId });
    await wait(15);
    expect(await arcade.db.matchResult.count({ where: { sessionId } })).toBe(0);
    resume();
    await wait(2);
    expect(await two.hear('match_ended')).toMatchObject({
      sessionId,
      winner: 2,
      reason: 'forfeit',
      frames: 300,
    });
  });

  it('PEER-9: no way is opened for a fight that one of the two has given up', async () => {
    const { sessionId, config } = await startFight(one, two);
    await fight(arcade, [one, two], sessionId, inputsFor(config), 0, 120);
    const resume = arcade.hangJudge();
    await two.send('leave_match', { playerId: two.id, sessionId });
    await one.send('peer_failed', { playerId: one.id, sessionId, reason: 'opponent_gone' });
    expect(one.all('relay_opened')).toEqual([]);
    resume();
    await wait(2);
    expect(await one.hear('match_ended')).toMatchObject({ winner: 1, reason: 'forfeit', cause: 'gave_up' });
  });

  it('JUDGE-7: who gives up while the judge hangs has lost, also when signaling restarts meanwhile', async () => {
    const { sessionId, config } = await startFight(one, two);
    await fight(arcade, [one, two], sessionId, inputsFor(config), 0, 300);
    const resume = arcade.hangJudge();
    await one.send('leave_match', { playerId: one.id, sessionId });
    await arcade.restart();
    const back = await arcade.connect(two.id);
    resume();
    await wait(2);
    expect(await back.hear('match_ended')).toMatchObject({ winner: 2, reason: 'forfeit', frames: 300 });
  });
});
