import { beforeEach, describe, expect, it } from 'vitest';
import type { MatchConfig } from '../../proto/signaling-payloads';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { agree, inputsFor, playFor } from './testing/match';
import type { Player } from './testing/player';
import { columnOf, createSigningKey, type SigningKey } from './testing/signing';

/** Fights whose players tell their own columns and sign them: who cheats, and what becomes of it. */

let arcade: TestArcade;
let one: Player;
let two: Player;
let keys: readonly [SigningKey, SigningKey];
let sessionId: string;
let config: MatchConfig;
let inputs: Buffer;

arcadeOfEachTest(async (fresh) => {
  arcade = fresh;
  [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
  keys = [await createSigningKey(), await createSigningKey()];
});

beforeEach(async () => {
  ({ sessionId, config } = await agree(one, two));
  await connect();
  inputs = inputsFor(config);
});

async function connect(): Promise<void> {
  const route = { sessionId, senderId: one.id, receiverId: two.id };
  await one.send('send_sdp_offer', { ...route, sdp: 'offer' });
  await one.send('peer_connected', {
    playerId: one.id,
    sessionId,
    inputKey: keys[0].inputKey,
    route: 'direct',
  });
  await two.send('peer_connected', {
    playerId: two.id,
    sessionId,
    inputKey: keys[1].inputKey,
    route: 'direct',
  });
  await Promise.all([one.hear('match_started'), two.hear('match_started')]);
}

const playerOf = (side: 1 | 2) => (side === 1 ? one : two);

/** Tells frames of a player's own column. */
async function tellOwn(side: 1 | 2, from: number, to: number, told = inputs): Promise<number> {
  let next = from;
  while (next < to) {
    const end = Math.min(next + 600, to);
    const column = columnOf(told, side, next, end);
    ({ nextFrame: next } = await playerOf(side).send('own_inputs', {
      sessionId,
      fromFrame: next,
      inputs: column,
    }));
  }
  return next;
}

/** Tells both columns, with the other's signature over as much of its column as is told. */
async function tellBoth(
  side: 1 | 2,
  from: number,
  to: number,
  told: Buffer,
  signedBy?: SigningKey,
): Promise<void> {
  const other = side === 1 ? 2 : 1;
  for (let at = from; at < to; at += 600) {
    const end = Math.min(at + 600, to);
    const signature = await signedBy?.sign(sessionId, other, columnOf(told, other, 0, end));
    await playerOf(side).send('match_inputs', {
      sessionId,
      fromFrame: at,
      inputs: told.subarray(at * 4, end * 4),
      ...(signature ? { opponentSignature: { frames: end, signature } } : {}),
    });
  }
}

/** Both play on, as time goes by. */
async function play(from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += 600) {
    const end = Math.min(at + 600, to);
    playFor(arcade, end - at);
    for (const side of [1, 2] as const) await tellOwn(side, at, end);
  }
}

/** Lets time pass a second at a time, with a moment for what falls due. */
async function wait(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    playFor(arcade, 60);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The match with one input changed. */
function tampered(frame: number, side: 1 | 2): Buffer {
  const bytes = Buffer.from(inputs);
  const at = frame * 4 + (side - 1) * 2;
  bytes.writeUInt16LE(bytes.readUInt16LE(at) ^ 0x10, at);
  return bytes;
}

const resultOf = () => arcade.db.matchResult.findUniqueOrThrow({ where: { sessionId } });
const conductOf = (player: Player) => arcade.db.conduct.findMany({ where: { playerId: player.id } });

describe('fights with signed inputs', () => {
  it('PEER-6: tells each the key of the other', async () => {
    expect(await one.hear('match_started')).toMatchObject({ opponentInputKey: keys[1].inputKey });
    const next = await createSigningKey();
    await one.send('peer_connected', { playerId: one.id, sessionId, inputKey: next.inputKey });
    expect(await two.hear('opponent_key')).toEqual({ sessionId, inputKey: next.inputKey });
  });

  it('ENDS-1, JUDGE-8: own columns alone are judged to the knockout', async () => {
    const frames = inputs.byteLength / 4;
    await play(0, frames);
    expect(await two.hear('match_ended')).toMatchObject({ frames, sessionId });
    expect(await resultOf()).toMatchObject({ cause: null, frames });
  });

  it('ENDS-14: who tells the opponent otherwise than the server is convicted by his own signature', async () => {
    playFor(arcade, 900);
    const lie = tampered(300, 2);
    await tellOwn(1, 0, 600);
    await tellOwn(2, 0, 600, lie);
    await tellBoth(1, 0, 600, inputs, keys[1]);
    expect(await one.hear('match_ended')).toMatchObject({
      ...{ winner: 1, reason: 'forfeit', cause: 'two_stories', frames: 600 },
    });
    expect(await resultOf()).toMatchObject({ disputedFrame: 300, disputedPlayer: 2 });
    expect(await conductOf(two)).toMatchObject([{ reason: 'two_stories', isWhole: true }]);
    expect(await conductOf(one)).toEqual([]);
    const logs = await arcade.db.inputLog.findMany({ where: { sessionId }, orderBy: { player: 'asc' } });
    const [witness, held] = logs.map((log) => Buffer.from(log.inputs));
    expect(witness).toEqual(inputs.subarray(0, 2_400));
    expect(held).toEqual(lie.subarray(0, 2_400));
  });

  it('ENDS-15: who tells the server two stories himself is convicted by his own word', async () => {
    playFor(arcade, 900);
    await tellOwn(1, 0, 600);
    await tellOwn(2, 0, 600);
    await tellBoth(2, 0, 600, tampered(400, 2));
    expect(await one.hear('match_ended')).toMatchObject({
      winner: 1,
      reason: 'forfeit',
      cause: 'two_stories',
    });
    expect(await resultOf()).toMatchObject({ disputedFrame: 400, disputedPlayer: 2 });
  });

  it('JUDGE-9: a witness without the signature, or with one of something else, changes nothing', async () => {
    const frames = inputs.byteLength / 4;
    playFor(arcade, 600);
    const lie = tampered(300, 2);
    await tellOwn(1, 0, 600);
    await tellOwn(2, 0, 600);
    await tellBoth(1, 0, 200, lie);
    const forgeries = [
      await keys[0].sign(sessionId, 2, columnOf(lie, 2, 0, 400)),
      await keys[1].sign(sessionId, 2, columnOf(inputs, 2, 0, 400)),
      await keys[1].sign('another match', 2, columnOf(lie, 2, 0, 400)),
      await keys[1].sign(sessionId, 1, columnOf(lie, 2, 0, 400)),
      new Uint8Array(64),
    ];
    for (const [index, signature] of forgeries.entries())
      await one.send('match_inputs', {
        ...{
          sessionId,
          fromFrame: 200 + index * 40,
          inputs: lie.subarray((200 + index * 40) * 4, (240 + index * 40) * 4),
        },
        opponentSignature: { frames: 240 + index * 40, signature },
      });
    await play(600, frames);
    const { reason, winner } = await one.hear('match_ended');
    expect(['knockout', 'timeout', 'draw']).toContain(reason);
    expect(await resultOf()).toMatchObject({ frames, winner, cause: null });
    expect(await conductOf(two)).toEqual([]);
  });

  it('JUDGE-10: who keeps the last inputs from the server has told them by his signature', async () => {
    const frames = inputs.byteLength / 4;
    await play(0, frames - 600);
    playFor(arcade, 600);
    await tellOwn(1, frames - 600, frames);
    await tellOwn(2, frames - 600, frames - 40);
    await tellBoth(1, 0, frames, inputs, keys[1]);
    expect(await one.hear('match_ended')).toMatchObject({ frames });
    expect((await resultOf()).cause).toBeNull();
  });
});

describe('the relay of last resort', () => {
  const datagram = Uint8Array.of(1, 2, 3);

  async function fought(frames = 600): Promise<void> {
    playFor(arcade, frames);
    for (const side of [1, 2] as const) await tellOwn(side, 0, frames);
  }

  const report = (player: Player) =>
    player.send('peer_failed', { playerId: player.id, sessionId, reason: 'nothing comes' });

  it('SIG-21: passes datagrams on between the two of a match that connects or is on, and to nobody else', async () => {
    await one.send('relay_data', { sessionId, data: datagram });
    const { data } = await two.hear('relay_data');
    expect(new Uint8Array(data)).toEqual(datagram);
    const three = await arcade.enter('Three');
    expect(await three.codeOf('relay_data', { sessionId, data: datagram })).toBe(403);
    expect(await one.codeOf('relay_data', { sessionId, data: new Uint8Array(1_201) })).toBe(413);
    expect(await one.codeOf('relay_data', { sessionId: 'nowhere', data: datagram })).toBe(404);
    const four = await arcade.enter('Four');
    const early = await agree(three, four);
    expect(await three.codeOf('relay_data', { sessionId: early.sessionId, data: datagram })).toBe(409);
  });

  it('ENDS-7: who cuts the line and stays away from the relay loses', async () => {
    await fought();
    await report(one);
    for (const player of [one, two])
      expect(await player.hear('relay_opened')).toMatchObject({ sessionId, base: 600, cause: 'peer_failed' });
    await one.send('relay_data', { sessionId, data: datagram });
    await wait(11);
    expect(await two.hear('match_ended')).toMatchObject({ winner: 1, reason: 'forfeit', cause: 'no_answer' });
    expect(await conductOf(two)).toMatchObject([{ reason: 'no_answer', isWhole: true }]);
  });

  it('ENDS-10: who comes to the relay and keeps back his inputs loses, and the other gets all that he tells', async () => {
    await fought();
    await report(two);
    for (const player of [one, two]) await player.send('relay_data', { sessionId, data: datagram });
    playFor(arcade, 30);
    await tellOwn(1, 600, 620);
    const passed = await two.hear('opponent_inputs', ({ fromFrame }) => fromFrame === 600);
    expect(Buffer.from(passed.inputs)).toEqual(columnOf(inputs, 1, 600, 620));
    await wait(16);
    expect(await one.hear('match_ended')).toMatchObject({ winner: 1, reason: 'forfeit', cause: 'withheld' });
  });

  it('PEER-9: whose line truly failed and who goes on through the relay fights to the end', async () => {
    await fought();
    await report(one);
    await report(two);
    for (const player of [one, two]) await player.send('relay_data', { sessionId, data: datagram });
    const frames = inputs.byteLength / 4;
    for (let from = 600; from < frames; from += 300) {
      const to = Math.min(from + 300, frames);
      playFor(arcade, to - from);
      for (const side of [1, 2] as const) await tellOwn(side, from, to);
    }
    expect(await one.hear('match_ended')).toMatchObject({ frames });
    expect(await conductOf(one)).toEqual([]);
    expect(await conductOf(two)).toEqual([]);
  });

  it('PEER-9: the relay closes again where the inputs go on without it', async () => {
    await fought();
    await report(one);
    for (let from = 600; from < 1_000; from += 100) {
      playFor(arcade, 100);
      for (const side of [1, 2] as const) await tellOwn(side, from, from + 100);
    }
    expect(await two.hear('relay_closed')).toEqual({ sessionId });
    await wait(12);
    expect(one.all('match_ended')).toEqual([]);
  });

  it('ENDS-4: who closes the page after telling the last frame keeps the win', async () => {
    const frames = inputs.byteLength / 4;
    await play(0, frames - 600);
    playFor(arcade, 600);
    await tellOwn(1, frames - 600, frames);
    await tellOwn(2, frames - 600, frames - 5);
    await tellBoth(1, 0, frames, inputs);
    one.close();
    await two.hear('opponent_status', ({ online }) => !online);
    await wait(4);
    expect(await two.hear('relay_opened')).toMatchObject({ cause: 'end_withheld' });
    await wait(20);
    expect(await two.hear('match_ended')).toMatchObject({
      winner: 1,
      reason: 'forfeit',
      cause: 'silent_at_end',
    });
  });

  it('ENDS-3: who told more than the other and leaves in mid-fight loses all the same', async () => {
    await play(0, 600);
    playFor(arcade, 60);
    await tellOwn(1, 600, 640);
    await tellBoth(1, 0, 640, inputs);
    one.close();
    await two.hear('opponent_status', ({ online }) => !online);
    await wait(22);
    expect(await two.hear('match_ended')).toMatchObject({ winner: 2, reason: 'forfeit', cause: 'gone' });
  });

  it('ENDS-10: who tells a frame now and then holds the fight up all the same', async () => {
    await fought();
    await report(two);
    for (const player of [one, two]) await player.send('relay_data', { sessionId, data: datagram });
    await tellOwn(1, 600, 660);
    for (let frame = 600; frame < 640 && two.all('match_ended').length === 0; frame += 1) {
      await tellOwn(2, frame, frame + 1).catch(() => undefined);
      await wait(1);
    }
    expect(await one.hear('match_ended')).toMatchObject({ winner: 1, reason: 'forfeit', cause: 'withheld' });
  });

  it('JUDGE-11: keys and the open relay outlive a restart of the server', async () => {
    await fought();
    await report(one);
    await arcade.restart();
    const [back, other] = [await arcade.connect(one.id), await arcade.connect(two.id)];
    expect(await back.hear('match_started')).toMatchObject({
      ...{ resumed: true, relay: { base: 600 }, opponentInputKey: keys[1].inputKey },
    });
    for (const [player, side] of [
      [back, 1],
      [other, 2],
    ] as const) {
      await player.send('relay_data', { sessionId, data: datagram });
      await player.send('own_inputs', { sessionId, fromFrame: 0, inputs: columnOf(inputs, side, 0, 600) });
    }
    playFor(arcade, 30);
    await other.send('own_inputs', { sessionId, fromFrame: 600, inputs: columnOf(inputs, 2, 600, 610) });
    await wait(17);
    expect(await other.hear('match_ended')).toMatchObject({ winner: 2, cause: 'withheld' });
  });
});

describe('a page that comes back', () => {
  it('PEER-8: gets what both have told, from the acting line of a player only', async () => {
    playFor(arcade, 600);
    await tellOwn(1, 0, 600);
    await tellOwn(2, 0, 590);
    const { columns } = await one.send('match_history', { playerId: one.id, sessionId });
    expect(Buffer.from(columns[0])).toEqual(columnOf(inputs, 1, 0, 600));
    expect(Buffer.from(columns[1])).toEqual(columnOf(inputs, 2, 0, 590));
    const three = await arcade.enter('Three');
    expect(await three.codeOf('match_history', { playerId: three.id, sessionId })).toBe(403);
    expect(await three.codeOf('match_history', { playerId: one.id, sessionId })).toBe(403);
    for (let i = 0; i < 4; i += 1) await one.send('match_history', { playerId: one.id, sessionId });
    expect(await one.codeOf('match_history', { playerId: one.id, sessionId })).toBe(429);
  });
});

describe('a player who is removed from the arcade', () => {
  it('ENDS-17: who is banned loses at once, there or away, and is counted for nothing', async () => {
    const { watchedPlayers } = arcade.held();
    await play(0, 600);
    two.close();
    await one.hear('opponent_status');
    arcade.remove(two.id);
    arcade.endLogins(two.id);
    // No time goes by in this arcade.
    expect(await one.hear('match_ended')).toMatchObject({ winner: 1, reason: 'forfeit', cause: 'removed' });
    expect(await conductOf(two)).toEqual([]);
    expect(await resultOf()).toMatchObject({ winner: 1, cause: 'removed', frames: 600 });
    expect(arcade.held().watchedPlayers).toBe(watchedPlayers - 2);
  });

  it('ENDS-17, ENDS-6: the same before anything was fought is no contest', async () => {
    arcade.remove(one.id);
    expect(await two.hear('match_ended')).toMatchObject({ winner: 0, cause: 'nothing_fought' });
  });

  it('ENDS-17: a judge that is away is told as soon as it is back', async () => {
    await play(0, 600);
    const goOn = arcade.hangJudge();
    arcade.remove(one.id);
    await new Promise((resolve) => setTimeout(resolve, 50));
    goOn();
    await wait(2);
    expect(await two.hear('match_ended')).toMatchObject({ winner: 2, cause: 'removed' });
  });
});
