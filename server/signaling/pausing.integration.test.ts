import { describe, expect, it } from 'vitest';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { agree, fight, inputsFor, playFor, sendFrames, startFight } from './testing/match';
import type { Player } from './testing/player';

let arcade: TestArcade;

arcadeOfEachTest((fresh) => {
  arcade = fresh;
});

const statusOf = async (id: string) =>
  (await arcade.db.matchSession.findUniqueOrThrow({ where: { id } })).status;
/** The moves between connected, paused and the end, as TRACE has them. */
const movesOf = async (sessionId: string) =>
  (
    await arcade.db.traceEvent.findMany({
      where: { sessionId, fromStatus: { in: ['connected', 'paused'] } },
      orderBy: { id: 'asc' },
    })
  ).map(({ fromStatus, toStatus }) => `${fromStatus} → ${toStatus}`);

/** Two who have fought for a second. */
async function fighting() {
  const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
  const { sessionId, config } = await startFight(one, two);
  const inputs = inputsFor(config);
  await fight(arcade, [one, two], sessionId, inputs, 0, 60);
  return { one, two, sessionId, inputs };
}

const pause = (player: Player, sessionId: string) =>
  player.codeOf('pause_match', { playerId: player.id, sessionId });
const resume = (player: Player, sessionId: string) =>
  player.codeOf('resume_match', { playerId: player.id, sessionId });

/** Player `one` asks, the other agrees. */
async function agreeToPause(one: Player, two: Player, sessionId: string): Promise<void> {
  expect(await pause(one, sessionId)).toBe(0);
  expect(await pause(two, sessionId)).toBe(0);
  await Promise.all([one.hear('match_paused'), two.hear('match_paused')]);
}

/** Moves time on in steps that a sweep can follow. */
async function pass(ms: number): Promise<void> {
  for (const end = arcade.clock.now() + ms; arcade.clock.now() < end; ) {
    arcade.clock.advance(Math.min(1_000, end - arcade.clock.now()));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Moves time on, in steps that a sweep can follow, until a player has heard something. */
async function passUntil(heard: Promise<unknown>, stepMs = 500): Promise<void> {
  const tick = setInterval(() => arcade.clock.advance(stepMs), 20);
  await heard.finally(() => clearInterval(tick));
}

describe('a pause by agreement', () => {
  it('SES-12, SIG-19: is asked for, begins when both have said it, and ends when either says so', async () => {
    const { one, two, sessionId, inputs } = await fighting();
    const now = arcade.clock.now();
    expect(await pause(one, sessionId)).toBe(0);
    expect(await two.hear('pause_proposed')).toEqual({ sessionId, by: one.id, until: now + 10_000 });
    expect(await pause(one, sessionId)).toBe(0);
    expect(await statusOf(sessionId)).toBe('connected');
    expect(await pause(two, sessionId)).toBe(0);
    const paused = { sessionId, by: one.id, until: now + 60_000, pausesLeft: 2 };
    expect([await one.hear('match_paused'), await two.hear('match_paused')]).toEqual([paused, paused]);
    expect([two.all('pause_proposed').length, one.all('pause_proposed').length]).toEqual([1, 0]);
    expect(await statusOf(sessionId)).toBe('paused');
    expect(await pause(two, sessionId)).toBe(409);
    arcade.clock.advance(5_000);
    expect(await resume(two, sessionId)).toBe(0);
    const resumed = { sessionId, pausesLeft: 2 };
    expect([await one.hear('match_resumed'), await two.hear('match_resumed')]).toEqual([resumed, resumed]);
    expect(await resume(one, sessionId)).toBe(409);

    await fight(arcade, [one, two], sessionId, inputs, 60);
    expect(await two.hear('match_ended')).toMatchObject({ frames: inputs.byteLength / 4 });
    expect(await movesOf(sessionId)).toEqual([
      'connected → paused',
      'paused → connected',
      'connected → ended',
    ]);
  });

  it('SES-12: a proposal that nobody answers lapses, and whoever knows nothing of it plays on', async () => {
    const { one, two, sessionId, inputs } = await fighting();
    expect(await pause(one, sessionId)).toBe(0);
    await fight(arcade, [one, two], sessionId, inputs, 60, 720);
    // Too late: this asks the first one.
    expect(await pause(two, sessionId)).toBe(0);
    expect(await one.hear('pause_proposed')).toMatchObject({ by: two.id });
    await fight(arcade, [one, two], sessionId, inputs, 720);
    expect(await one.hear('match_ended')).toMatchObject({ frames: inputs.byteLength / 4 });
    expect(one.all('match_paused')).toEqual([]);
  });

  it('SES-13: ends by itself after a minute, and there are three of them, two minutes in all', async () => {
    const { one, two, sessionId } = await fighting();
    await agreeToPause(one, two, sessionId);
    await passUntil(two.hear('match_resumed'));
    expect(await statusOf(sessionId)).toBe('connected');
    one.forget();
    two.forget();
    await agreeToPause(two, one, sessionId);
    arcade.clock.advance(30_000);
    expect(await resume(one, sessionId)).toBe(0);
    one.forget();
    two.forget();
    await agreeToPause(one, two, sessionId);
    const [{ until, pausesLeft } = { until: 0, pausesLeft: -1 }] = one.all('match_paused');
    expect(pausesLeft).toBe(0);
    expect(until - arcade.clock.now()).toBe(30_000);
    expect(await resume(one, sessionId)).toBe(0);
    expect(await pause(one, sessionId)).toBe(409);
    expect(await statusOf(sessionId)).toBe('connected');
  });

  it('SIG-10: is for the two who fight, while they fight', async () => {
    const { one, two, sessionId } = await fighting();
    const stranger = await arcade.enter('Three');
    for (const event of ['pause_match', 'resume_match']) {
      expect(await stranger.codeOf(event, { playerId: stranger.id, sessionId })).toBe(403);
      expect(await stranger.codeOf(event, { playerId: one.id, sessionId })).toBe(403);
      expect(await one.codeOf(event, { playerId: one.id, sessionId: 'nothing' })).toBe(404);
      expect(await one.codeOf(event, { playerId: one.id })).toBe(400);
    }
    expect(await resume(one, sessionId)).toBe(409);
    // Nobody is there to be asked.
    two.close();
    await one.hear('opponent_status');
    expect(await pause(one, sessionId)).toBe(409);
    const four = await arcade.enter('Four');
    const early = await agree(stranger, four);
    expect(await pause(stranger, early.sessionId)).toBe(409);
  });
});

describe('in a pause', () => {
  it('SES-14: the judge takes what was under way, and nobody is blamed for silence', async () => {
    const { one, two, sessionId, inputs } = await fighting();
    playFor(arcade, 30);
    await agreeToPause(one, two, sessionId);
    expect(await sendFrames(one, sessionId, inputs, 60, 90)).toBe(90);
    await passUntil(one.hear('match_resumed'));
    // The minute of JUDGE-5 begins anew.
    await pass(55_000);
    expect(await statusOf(sessionId)).toBe('connected');
    expect(await sendFrames(two, sessionId, inputs, 60, 90)).toBe(90);
    await fight(arcade, [one, two], sessionId, inputs, 90);
    expect(await one.hear('match_ended')).toMatchObject({ frames: inputs.byteLength / 4 });
  });

  it('SES-14: a fight whose last inputs were under way ends', async () => {
    const { one, two, sessionId, inputs } = await fighting();
    const last = inputs.byteLength / 4;
    await fight(arcade, [one, two], sessionId, inputs, 60, last - 20);
    playFor(arcade, 20);
    await agreeToPause(one, two, sessionId);
    await sendFrames(one, sessionId, inputs, last - 20, last);
    await sendFrames(two, sessionId, inputs, last - 20, last);
    expect(await one.hear('match_ended')).toMatchObject({ frames: last });
    expect(await movesOf(sessionId)).toEqual([
      'connected → paused',
      'paused → connected',
      'connected → ended',
    ]);
  });

  it('SES-14: who loses the line has until its end, hears on coming back, and who stays away loses', async () => {
    const { one, two, sessionId } = await fighting();
    await agreeToPause(one, two, sessionId);
    const [{ until } = { until: 0 }] = one.all('match_paused');
    two.close();
    expect(await one.hear('opponent_status')).toMatchObject({ online: false, until });
    arcade.clock.advance(30_000);
    const back = await arcade.connect(two.id);
    expect(await back.hear('match_started')).toMatchObject({
      resumed: true,
      paused: { by: one.id, until },
      pausesLeft: 2,
    });
    back.close();
    await one.hear('opponent_status', ({ until: told }) => told !== undefined && told > 0);
    await passUntil(one.hear('match_ended'));
    expect(one.all('match_ended')).toMatchObject([{ winner: 1, reason: 'forfeit' }]);
    expect(arcade.clock.now()).toBeGreaterThanOrEqual(until);
    expect(await movesOf(sessionId)).toContain('paused → connected');
  });

  it('SES-14: giving up works', async () => {
    const { one, two, sessionId } = await fighting();
    await agreeToPause(one, two, sessionId);
    await two.send('leave_match', { playerId: two.id, sessionId });
    expect(await one.hear('match_ended')).toMatchObject({ winner: 1, reason: 'forfeit' });
    const order = one.heard.map(({ event }) => event);
    expect(order.indexOf('match_resumed')).toBeLessThan(order.indexOf('match_ended'));
    expect(await statusOf(sessionId)).toBe('ended');
  });

  it('SES-9: a connection that is lost is noted, and its time begins when the fight goes on', async () => {
    const { one, two, sessionId } = await fighting();
    await agreeToPause(one, two, sessionId);
    for (const player of [one, two])
      await player.send('peer_failed', { playerId: player.id, sessionId, reason: 'lost' });
    await pass(20_000);
    expect(await statusOf(sessionId)).toBe('paused');
    // They find each other again.
    const route = { senderId: one.id, receiverId: two.id, sessionId };
    await one.send('send_sdp_offer', { ...route, sdp: 'again' });
    for (const player of [one, two]) await player.send('peer_connected', { playerId: player.id, sessionId });
    expect(await resume(one, sessionId)).toBe(0);
    await pass(15_000);
    expect(await statusOf(sessionId)).toBe('connected');
    expect(one.all('match_ended')).toEqual([]);
  });

  it('SES-9, SES-14: a connection that stays lost has its ten seconds from when the fight goes on', async () => {
    const { one, two, sessionId } = await fighting();
    await agreeToPause(one, two, sessionId);
    await one.send('peer_failed', { playerId: one.id, sessionId, reason: 'lost' });
    await pass(20_000);
    expect(await resume(two, sessionId)).toBe(0);
    await pass(9_000);
    expect(await statusOf(sessionId)).toBe('connected');
    await passUntil(two.hear('match_ended'));
    expect(two.all('match_ended')).toMatchObject([{ winner: 2, reason: 'forfeit', cause: 'no_answer' }]);
  });

  it('SES-15: a restart of the server keeps the pause, tells both, and what was used up stays used up', async () => {
    const { one, two, sessionId, inputs } = await fighting();
    await agreeToPause(one, two, sessionId);
    arcade.clock.advance(20_000);
    expect(await resume(two, sessionId)).toBe(0);
    one.forget();
    await agreeToPause(one, two, sessionId);
    const [{ until } = { until: 0 }] = one.all('match_paused');
    arcade.clock.advance(10_000);
    await arcade.restart();
    const again = [await arcade.connect(one.id), await arcade.connect(two.id)] as const;
    for (const player of again)
      expect(await player.hear('match_started')).toMatchObject({
        sessionId,
        resumed: true,
        paused: { by: one.id, until },
        pausesLeft: 1,
      });
    expect(await statusOf(sessionId)).toBe('paused');
    await passUntil(again[0].hear('match_resumed'));
    expect(arcade.clock.now()).toBeGreaterThanOrEqual(until);
    again[0].forget();
    await agreeToPause(again[0], again[1], sessionId);
    // 20 and 60 seconds are gone.
    expect(again[0].all('match_paused')).toMatchObject([
      { until: arcade.clock.now() + 40_000, pausesLeft: 0 },
    ]);
    expect(await resume(again[1], sessionId)).toBe(0);
    await fight(arcade, again, sessionId, inputs, 60);
    expect(await again[0].hear('match_ended')).toMatchObject({ frames: inputs.byteLength / 4 });
  });

  it('SES-15: who does not come back after a restart has lost nothing before the pause is over', async () => {
    const { one, two, sessionId } = await fighting();
    await agreeToPause(one, two, sessionId);
    const [{ until } = { until: 0 }] = one.all('match_paused');
    await arcade.restart();
    const back = await arcade.connect(one.id);
    arcade.clock.advance(31_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(back.all('match_ended')).toEqual([]);
    await passUntil(back.hear('match_ended'));
    expect(arcade.clock.now()).toBeGreaterThanOrEqual(until);
  });
});

describe('races', () => {
  it('SES-12: both at once make one pause', async () => {
    const { one, two, sessionId } = await fighting();
    const codes = await Promise.all([pause(one, sessionId), pause(two, sessionId)]);
    expect(codes).toEqual([0, 0]);
    await Promise.all([one.hear('match_paused'), two.hear('match_paused')]);
    expect(one.all('match_paused')).toEqual(two.all('match_paused'));
    const ended = await Promise.all([resume(one, sessionId), resume(two, sessionId)]);
    expect(ended.sort()).toEqual([0, 409]);
    expect(await movesOf(sessionId)).toEqual(['connected → paused', 'paused → connected']);
  });

  it('SES-1: pause and end leave one ended fight, whoever is first', async () => {
    const paths = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const { one, two, sessionId } = await fighting();
      await pause(one, sessionId);
      const agreed = () => pause(two, sessionId);
      const leaves = () => one.codeOf('leave_match', { playerId: one.id, sessionId });
      const order = round % 2 === 0 ? [agreed, leaves] : [leaves, agreed];
      await Promise.all(order.map((act) => act()));
      for (const player of [one, two])
        expect(await player.hear('match_ended')).toMatchObject({ winner: 2, reason: 'forfeit' });
      expect(await statusOf(sessionId)).toBe('ended');
      const moves = await movesOf(sessionId);
      expect(moves.at(-1)).toBe('connected → ended');
      paths.add(moves.join(', '));
      one.close();
      two.close();
    }
    expect(paths.size).toBeGreaterThan(1);
  });

  it('SES-14: agreeing with somebody whose line has just gone gives the time of the pause, and no more', async () => {
    const { one, two, sessionId } = await fighting();
    await pause(one, sessionId);
    one.close();
    const { until: usual } = await two.hear('opponent_status');
    expect(await pause(two, sessionId)).toBe(0);
    const { until } = await two.hear('match_paused');
    expect(usual).toBeLessThan(until);
    await two.hear('opponent_status', (told) => told.until === until);
    await pass(25_000);
    expect(await resume(two, sessionId)).toBe(0);
    await pass(until - arcade.clock.now() - 1_000);
    expect(await statusOf(sessionId)).toBe('connected');
    await passUntil(two.hear('match_ended'));
    expect(two.all('match_ended')).toMatchObject([{ winner: 2, reason: 'forfeit' }]);
  });

  it('SES-14: a line that goes while the two agree has the time of the pause', async () => {
    const { one, two, sessionId } = await fighting();
    await pause(one, sessionId);
    const agreed = pause(two, sessionId);
    one.close();
    expect(await agreed).toBe(0);
    const { until } = await two.hear('match_paused');
    await two.hear('opponent_status', (told) => told.until === until);
    const back = await arcade.connect(one.id);
    expect(await back.hear('match_started')).toMatchObject({ paused: { by: one.id, until } });
  });
});
