import { describe, expect, it } from 'vitest';
import { countConduct } from '../records/conduct';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { fight, inputsFor, playFor, sendFrames, startFight } from './testing/match';
import type { Player } from './testing/player';

let arcade: TestArcade;
let cheat: Player;
let other: Player;

arcadeOfEachTest(async (fresh) => {
  arcade = fresh;
  [cheat, other] = [await arcade.enter('Cheat'), await arcade.enter('Other')];
});

/** A fight of a seed that the server chose, which `cheat` spoils just before its end. */
async function spoil(
  players: readonly [Player, Player],
  how: (sessionId: string, inputs: Buffer, frames: number) => Promise<unknown>,
): Promise<string> {
  for (const player of players) player.forget();
  const { sessionId, config } = await startFight(...players);
  const inputs = inputsFor(config);
  const frames = inputs.byteLength / 4;
  await fight(arcade, players, sessionId, inputs, 0, frames - 30);
  playFor(arcade, 30);
  await sendFrames(other, sessionId, inputs, frames - 30, frames);
  await how(sessionId, inputs, frames);
  await other.hear('match_ended', (end) => end.sessionId === sessionId);
  return sessionId;
}

const fallSilent = async (sessionId: string, inputs: Buffer, frames: number) => {
  await sendFrames(cheat, sessionId, inputs, frames - 30, frames - 3);
  for (let second = 0; second < 11; second += 1) playFor(arcade, 60);
};

/** Tells the opponent's last input otherwise. */
const lie = async (sessionId: string, inputs: Buffer, frames: number) => {
  const told = Buffer.from(inputs);
  const at = (frames - 1) * 4 + (cheatIsFirst ? 2 : 0);
  told.writeUInt16LE(told.readUInt16LE(at) ^ 1, at);
  await sendFrames(cheat, sessionId, told, frames - 30, frames);
};
let cheatIsFirst = true;

const ask = (player: Player, target: Player) =>
  player.raw('request_match', { requesterId: player.id, targetId: target.id });

describe('who spoils fights', () => {
  it('SES-8: by falling silent at the end, on either side, is refused new ones from the third on, and only that one', {
    timeout: 90_000,
  }, async () => {
    for (const players of [
      [cheat, other],
      [other, cheat],
      [cheat, other],
    ] as const)
      await spoil(players, fallSilent);
    const counts = await countConduct(arcade.db, [cheat.id, other.id], arcade.clock.now());
    expect([...counts]).toEqual([[cheat.id, [{ reason: 'silent_at_end', isWhole: true, count: 3 }]]]);

    await other.send('join_lobby', { playerId: other.id });
    await cheat.send('join_lobby', { playerId: cheat.id });
    const refusal = await ask(cheat, other);
    const until = refusal.ok ? 0 : (refusal.error.detail?.until ?? 0);
    expect(refusal).toMatchObject({ ok: false, error: { code: 429 } });
    const wait = until - arcade.clock.now();
    expect(wait).toBeGreaterThan(4 * 60_000);
    expect(wait).toBeLessThanOrEqual(5 * 60_000);
    // Nor may others' requests be accepted; the innocent one asks whom they like.
    const { sessionId } = await other.send('request_match', { requesterId: other.id, targetId: cheat.id });
    expect(await cheat.codeOf('accept_match', { accepterId: cheat.id, requesterId: other.id })).toBe(429);
    await cheat.send('decline_match', { declinerId: cheat.id, requesterId: other.id, sessionId });

    await arcade.restart();
    [cheat, other] = [await arcade.connect(cheat.id), await arcade.connect(other.id)];
    await other.send('join_lobby', { playerId: other.id });
    expect(await ask(cheat, other)).toMatchObject({ ok: false, error: { code: 429, detail: { until } } });
    arcade.clock.advance(wait);
    expect(await spoil([cheat, other], fallSilent)).toBeTruthy();
    await other.send('join_lobby', { playerId: other.id });
    const longer = await ask(cheat, other);
    expect(longer.ok ? 0 : (longer.error.detail?.until ?? 0)).toBeGreaterThan(
      arcade.clock.now() + 14 * 60_000,
    );
    arcade.clock.advance(24 * 3_600_000);
    expect(await ask(cheat, other)).toMatchObject({ ok: true });
  });

  it('SES-8: by telling it differently counts half for both, since nobody can tell who lies, and costs neither', {
    timeout: 90_000,
  }, async () => {
    for (const isFirst of [true, false, true]) {
      cheatIsFirst = isFirst;
      await spoil(isFirst ? [cheat, other] : [other, cheat], lie);
    }
    const half = [{ reason: 'disputed', isWhole: false, count: 3 }];
    const counts = await countConduct(arcade.db, [cheat.id, other.id], arcade.clock.now());
    expect(Object.fromEntries(counts)).toEqual({ [cheat.id]: half, [other.id]: half });
    await cheat.send('join_lobby', { playerId: cheat.id });
    await other.send('join_lobby', { playerId: other.id });
    const asked = await ask(cheat, other);
    expect(asked).toMatchObject({ ok: true });
    expect(await other.codeOf('accept_match', { accepterId: other.id, requesterId: cheat.id })).toBe(0);
  });
});
