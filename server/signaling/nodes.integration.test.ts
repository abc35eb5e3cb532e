import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ArcadeNode, type NodesArcade, startNodes } from './testing/nodes';
import { Pair, STAGES } from './testing/pair';
import type { Player } from './testing/player';
import { upheaval } from './testing/upheaval';

/** An arcade of two real processes, with a real Redis and a real database between them. */
let arcade: NodesArcade;
beforeAll(async () => {
  arcade = await startNodes(2);
}, 120_000);
afterAll(() => arcade.close());

async function nodes() {
  const [one, two] = arcade.nodes;
  if (!one || !two) throw new Error('two nodes');
  for (const node of [one, two]) if (!node.isUp) await node.start();
  return [one, two] as const;
}

describe('players at different nodes', () => {
  it('SIG-40: see each other, ask, accept, negotiate, fight and hear one end', async () => {
    const pair = await Pair.meet(arcade, 'Flow', await nodes());
    await pair.advance('ended');
    const [heardByOne, heardByTwo] = pair.lines.map((line) => line.all('match_ended'));
    expect(heardByOne).toEqual(heardByTwo);
    expect(heardByOne).toMatchObject([
      { sessionId: pair.sessionId, winner: 1, reason: 'forfeit', cause: 'gave_up' },
    ]);
    const [one] = pair.lines;
    // Both are free again, in everybody's list.
    await one.send('lobby_resync', { playerId: one.id });
    await one.hear('lobby_update', ({ players }) =>
      pair.ids.every((id) =>
        players.some(({ playerId, status }) => playerId === id && status === 'available'),
      ),
    );
  });

  it('SIG-41: one line acts for a player, on whichever node; the one that came last', async () => {
    const [a, b] = await nodes();
    const id = await arcade.addPlayer('Twice');
    const first = await arcade.connect(a, id);
    const second = await arcade.connect(b, id);
    expect(await first.hear('error')).toMatchObject({ code: 409, replaced: true });
    await first.closed();
    expect((await second.send('join_lobby', { playerId: id })).ok).toBe(true);
    const third = await arcade.connect(a, id);
    await second.closed();
    expect((await third.send('join_lobby', { playerId: id })).ok).toBe(true);
  });

  it('SIG-41: in a match a page at the other node looks on, and takes over when it asks to', async () => {
    const [a, b] = await nodes();
    const pair = await Pair.meet(arcade, 'Over', [a, b]);
    await pair.advance('fighting');
    const [one, two] = pair.lines;
    const page = await arcade.connect(b, one.id, 'another-tab');
    expect(page.all('ready')).toMatchObject([{ fighting: { sessionId: pair.sessionId } }]);
    const inputs = { sessionId: pair.sessionId, fromFrame: 0, inputs: Buffer.alloc(4) };
    expect(await page.codeOf('match_inputs', inputs)).toBe(409);
    await page.send('take_over', { playerId: one.id, sessionId: pair.sessionId });
    expect(await page.hear('match_started')).toMatchObject({ resumed: true, opponentId: two.id });
    await one.closed();
    expect(await page.codeOf('match_inputs', inputs)).toBe(0);
    const { columns } = await page.send('match_history', { playerId: one.id, sessionId: pair.sessionId });
    expect(Math.min(...columns.map(({ byteLength }) => byteLength))).toBeGreaterThan(60);
    await page.send('leave_match', { playerId: one.id, sessionId: pair.sessionId });
    expect(await two.hear('match_ended')).toMatchObject({ winner: 2, cause: 'gave_up' });
  });

  it('SIG-40: what one says of himself in the lobby, probes and phrases reach the other', async () => {
    const pair = await Pair.meet(arcade, 'Words', await nodes());
    const [one, two] = pair.lines;
    const saysSo = (wanted: boolean) =>
      one.hear('lobby_update', ({ players }) =>
        players.some(({ playerId, doNotDisturb = false }) => playerId === two.id && doNotDisturb === wanted),
      );
    one.forget();
    await two.send('set_status', { playerId: two.id, doNotDisturb: true });
    await saysSo(true);
    expect(await one.codeOf('request_match', { requesterId: one.id, targetId: two.id })).toBe(409);
    one.forget();
    await two.send('set_status', { playerId: two.id, doNotDisturb: false });
    await saysSo(false);
    await pair.advance('accepted');
    const data = Buffer.from('probe');
    for (const [from, to] of [[one, two] as const, [two, one] as const]) {
      await from.send('probe', { sessionId: pair.sessionId, data });
      expect(await to.hear('probe')).toMatchObject({ sessionId: pair.sessionId, senderId: from.id });
    }
    await two.send('send_phrase', { playerId: two.id, sessionId: pair.sessionId, phrase: 'good_luck' });
    expect(await one.hear('phrase_received')).toMatchObject({ senderId: two.id, phrase: 'good_luck' });
    await pair.advance('ended');
  });

  it('SES-20: nobody is in two matches, whichever nodes they are agreed at', async () => {
    const [a, b] = await nodes();
    const [first, second] = [
      await Pair.meet(arcade, 'Busy', [a, b]),
      await Pair.meet(arcade, 'Free', [b, a]),
    ];
    await first.advance('accepted');
    const [free] = second.lines;
    for (const targetId of first.ids)
      expect(await free.codeOf('request_match', { requesterId: free.id, targetId })).toBe(409);
    await first.advance('ended');
  });

  it('SIG-40: a player who leaves one node is gone from the lobby of the other', async () => {
    const [a, b] = await nodes();
    const pair = await Pair.meet(arcade, 'Leave', [a, b]);
    const [one, two] = pair.lines;
    two.forget();
    one.close();
    await two.hear('lobby_update', ({ players }) => players.every(({ playerId }) => playerId !== one.id));
  });
});

describe('quick match', () => {
  const enter = async (node: ArcadeNode, name: string) => {
    const line = await arcade.connect(node, await arcade.addPlayer(name));
    await line.send('join_quick_match', { playerId: line.id });
    return line;
  };
  const matched = async (one: Player, two: Player) => {
    const told = await one.hear('match_request_accepted');
    expect(told).toMatchObject({ accepterId: two.id, source: 'quick_match' });
    for (const line of [one, two])
      await line.hear(
        'quick_match_status',
        (status) => status.state === 'left' && status.reason === 'matched',
      );
    await two.send('leave_match', { playerId: two.id, sessionId: told.sessionId });
    await one.hear('match_ended');
  };

  it('SIG-44: brings people at different nodes together, also when the node that does so is killed', async () => {
    const [a, b] = await nodes();
    const [one, two] = [await enter(a, 'Quick-one'), await enter(b, 'Quick-two')];
    await matched(one, two);
    // Who comes first makes his node the one that pairs; the two are not for each other.
    const first = await enter(a, 'Quick-first');
    await first.hear('quick_match_status');
    const id = await arcade.addPlayer('Quick-second');
    await arcade.db.relation.create({ data: { ownerId: id, targetId: first.id, kind: 'block' } });
    const second = await arcade.connect(b, id);
    const since = Date.now();
    await second.send('join_quick_match', { playerId: id });
    await second.hear('quick_match_status', (told) => told.state === 'waiting' && told.others === 1);
    await a.kill();
    await a.start();
    const third = await enter(a, 'Quick-third');
    second.forget();
    const { status } = await second.send('join_quick_match', { playerId: id });
    expect(status.waitingMs).toBeGreaterThan(Date.now() - since - 1_000);
    await matched(second, third);
  }, 40_000);
});

describe('a node that stops', () => {
  it('SES-21: is missed at once; its fights go on, and requests of its people wait for them', async () => {
    const [a, b] = await nodes();
    const pair = await Pair.meet(arcade, 'Stop', [a, b]);
    const asked = [await Pair.meet(arcade, 'Asks', [a, b]), await Pair.meet(arcade, 'Asked', [b, a])];
    await pair.advance('fighting');
    for (const one of asked) await one.advance('requested');
    const [one, two] = pair.lines;
    two.forget();
    const stopped = a.stop();
    const askedAt = Date.now();
    await two.hear('opponent_status', ({ opponentId, online }) => opponentId === one.id && !online);
    expect(Date.now() - askedAt).toBeLessThan(3_000);
    await stopped;
    await pair.comeBack();
    expect(await pair.lines[0].hear('match_started')).toMatchObject({ resumed: true });
    await pair.advance('ended');
    for (const one of asked) {
      await one.comeBack();
      await one.advance('ended');
    }
  });

  it('SES-23: when all were gone the first that comes leads on what they left', async () => {
    const [a, b] = await nodes();
    const pairs = [
      await Pair.meet(arcade, 'All-1', [a, b]),
      await Pair.meet(arcade, 'All-2', [b, a]),
    ] as const;
    await Promise.all([pairs[0].advance('fighting'), pairs[1].advance('accepted')]);
    await Promise.all([a.kill(), b.kill()]);
    await Promise.all([a.start(), b.start()]);
    await Promise.all(
      pairs.map(async (pair) => {
        await pair.comeBack();
        await pair.advance('ended');
      }),
    );
  }, 60_000);

  it('SIG-43: without Redis nothing of a match is taken, and nothing is lost', async () => {
    const pair = await Pair.meet(arcade, 'Cut', await nodes());
    await pair.advance('fighting');
    await arcade.redis.kill();
    await vi.waitFor(async () => expect(await pair.probeFight()).toBe(500), {
      timeout: 10_000,
      interval: 200,
    });
    await arcade.redis.start();
    await pair.advance('ended');
    expect(pair.lines.map((line) => line.all('match_ended').length)).toEqual([1, 1]);
  }, 60_000);
});

describe('SES-21, SES-22: a node that is killed, and what it judged with it', () => {
  it.each([0, 1] as const)(
    'takes no session with it, whatever its state: the other leads it on (node %i)',
    async (killed) => {
      const [a, b] = await nodes();
      const stages = STAGES.slice(1, -1);
      // The one who asks is at the first node, which leads the session.
      const pairs = await Promise.all(
        stages.flatMap((stage) => [
          Pair.meet(arcade, `Led-${stage}`, [a, b]),
          Pair.meet(arcade, `Edge-${stage}`, [b, a]),
        ]),
      );
      await Promise.all(pairs.map((pair, n) => pair.advance(stages[Math.floor(n / 2)] ?? 'requested')));
      const told = pairs.map((pair) => Math.min(...pair.told));
      const killedAt = Date.now();
      await [a, b][killed]?.kill();
      await Promise.all(
        pairs.map(async (pair) => {
          await pair.comeBack();
          // What was under way is done, and more of it, before the fight ends.
          await pair.advance('ended');
        }),
      );
      // Less than the ten seconds, and some for the fights themselves.
      expect(Date.now() - killedAt).toBeLessThan(20_000);
      for (const [n, { sessionId }] of pairs.entries()) {
        const session = await arcade.db.matchSession.findUniqueOrThrow({
          where: { id: sessionId },
          include: { result: true, events: { where: { toStatus: 'ended' } } },
        });
        expect(session).toMatchObject({ status: 'ended', result: { reason: 'forfeit', winner: 1 } });
        expect(session.events).toHaveLength(1);
        expect(session.result?.frames).toBeGreaterThanOrEqual(told[n] ?? 0);
      }
    },
    60_000,
  );
});

it('SES-1, SES-21: whatever befalls the nodes, each session comes to one end by a path of the table', async () => {
  await nodes();
  expect(await upheaval(arcade, { seed: 7, pairs: 6 })).toEqual([]);
}, 60_000);
