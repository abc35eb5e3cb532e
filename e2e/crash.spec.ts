import { expect } from '@playwright/test';
import { ArcadeProcess } from './support/arcade-process';
import { ScriptClient } from './support/script-client';
import {
  accept,
  challenge,
  claimResult,
  connectPeers,
  enterFighter,
  type Fighter,
  finishMatch,
  sendInputs,
} from './support/script-fight';
import { test } from './support/test';
import { uniqueName } from './support/unique-name';

interface Session {
  readonly sessionId: string;
  readonly status: string;
  readonly reason: string | null;
}

/** What an admin sees of these sessions, as `status reason`. */
async function statesOf(admin: ScriptClient, sessionIds: readonly string[]): Promise<string[]> {
  const { sessions } = await admin.query<{ sessions: Session[] }>('admin.sessions', { limit: 100 });
  return sessionIds.map((id) => {
    const found = sessions.find((session) => session.sessionId === id);
    return found ? `${found.status} ${found.reason ?? ''}`.trim() : 'missing';
  });
}

async function comeBack(fighter: Fighter, sessionId: string): Promise<number> {
  fighter.socket = await fighter.client.connect();
  const resumed = await fighter.socket.hear('match_started');
  expect(resumed).toMatchObject({ sessionId, resumed: true });
  const where = await fighter.socket.send('match_inputs', {
    sessionId,
    fromFrame: 0,
    inputs: Buffer.alloc(0),
  });
  expect(where).toMatchObject({ ok: true });
  return where.ok ? Number(where.nextFrame) : Number.NaN;
}

test('after kill -9 in mid-match every session tells the truth, and nothing that was finished is lost', async () => {
  test.setTimeout(240_000);
  const boss = uniqueName('boss');
  const arcade = await ArcadeProcess.create({ ADMIN_USERS: boss });
  try {
    await arcade.start();
    const { origin } = arcade;

    // The operator's own account needs the token that was printed.
    const adminToken = /one-time token: (\S+)/.exec(arcade.output)?.[1];
    const operator = { username: boss, password: 'the operator reads the log' };
    const admin = new ScriptClient(origin);
    await expect(admin.mutate('account.register', operator)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await admin.mutate('account.register', { ...operator, adminToken });
    expect(await admin.http.logIn('credentials', operator)).toMatchObject({ error: null });

    // Six pairs, each stopped at another place.
    const pair = () => Promise.all([enterFighter(origin, 'one'), enterFighter(origin, 'two')]);
    const [done, fighting, gone, linking, agreed, asking] = await Promise.all([
      ...[pair(), pair(), pair(), pair(), pair(), pair()],
    ] as const);
    if (!done || !fighting || !gone || !linking || !agreed || !asking) throw new Error('six pairs');
    const begin = async ([first, second]: [Fighter, Fighter]) => {
      const sessionId = await challenge(first, second);
      await accept(first, second, sessionId);
      return sessionId;
    };
    const doneId = await begin(done);
    const doneMatch = await connectPeers(...done, doneId);
    expect(await finishMatch(done, doneId, doneMatch)).toMatchObject({ winner: 1, frames: doneMatch.frames });

    const goneId = await begin(gone);
    await connectPeers(...gone, goneId);
    const linkingId = await begin(linking);
    const [{ client: offerer, socket: offerLine }, { client: receiver }] = linking;
    const offer = {
      senderId: offerer.playerId,
      receiverId: receiver.playerId,
      sessionId: linkingId,
      sdp: 'offer',
    };
    expect(await offerLine.send('send_sdp_offer', offer)).toEqual({ ok: true });
    const fightingId = await begin(fighting);
    const match = await connectPeers(...fighting, fightingId);
    const startedAt = performance.now();
    await Promise.all(fighting.map(({ socket }) => sendInputs(socket, fightingId, match, { to: 240 })));
    const agreedId = await begin(agreed);
    const askingId = await challenge(...asking);
    const all = [doneId, fightingId, goneId, linkingId, agreedId, askingId];
    expect(await statesOf(admin, all)).toEqual([
      expect.stringMatching(/^ended/),
      'connected',
      'connected',
      'connecting',
      'accepted',
      'requested',
    ]);

    await arcade.kill();
    await arcade.start();

    // Log-ins outlive the server. What could not go on says so; the fights have time to come back.
    expect(await statesOf(admin, all)).toEqual([
      expect.stringMatching(/^ended/),
      'connected',
      'connected',
      'failed restart',
      'failed restart',
      'declined restart',
    ]);
    expect(await admin.http.logIn('credentials', operator)).toMatchObject({ error: null });
    const replay = await admin.query('replay.get', { sessionId: doneId });
    expect(replay).toMatchObject({ frames: doneMatch.frames, checksum: doneMatch.checksum });

    // The fight that was cut goes on where the judge's memory ends, to its own end.
    const from = await Promise.all(fighting.map((fighter) => comeBack(fighter, fightingId)));
    const elapsedMs = performance.now() - startedAt;
    await Promise.all(
      fighting.map(({ socket }, index) =>
        sendInputs(socket, fightingId, match, { from: from[index] ?? 0, elapsedMs }),
      ),
    );
    expect(await claimResult(fighting, fightingId, match)).toMatchObject({
      winner: 1,
      reason: 'knockout',
      frames: match.frames,
      checksum: match.checksum,
    });

    // Nobody came back to the other one: it ends by itself, and both are free again.
    await expect.poll(() => statesOf(admin, [goneId]), { timeout: 60_000 }).not.toEqual(['connected']);
    const again = await Promise.all(
      gone.map(async ({ client }) => ({ client, socket: await client.connect() })),
    );
    const [first, second] = again;
    if (!first || !second) throw new Error('a pair');
    for (const { client, socket } of again) await socket.send('join_lobby', { playerId: client.playerId });
    await challenge(first, second);
    for (const { socket } of again) socket.close();
    expect(await arcade.stop()).toBe(0);
  } finally {
    await test.info().attach('what the arcade printed', { body: arcade.output });
    await arcade.dispose();
  }
});
