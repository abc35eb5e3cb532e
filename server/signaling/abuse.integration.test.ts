import { connect as connectTcp } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing';
import { type LineFigures, liveLines } from '../live-lines';
import { startTestArcade, type TestArcade } from './testing/arcade';
import { type Dialect, packed, rawEvent } from './testing/dialect';
import { agree, startFight } from './testing/match';
import type { Player } from './testing/player';

let database: TestDatabase;
let arcade: TestArcade;

beforeAll(async () => {
  database = await createTestDatabase();
  arcade = await startTestArcade(database.db);
});
afterAll(async () => {
  await arcade.close();
  await database.drop();
});

const EVENTS = [
  'join_lobby',
  'leave_lobby',
  'request_match',
  'accept_match',
  'decline_match',
  'cancel_match_request',
  'send_sdp_offer',
  'send_sdp_answer',
  'send_ice_candidate',
  'peer_connected',
  'peer_failed',
  'match_inputs',
  'match_ended',
  'error',
  'constructor',
  'toString',
];

/** Payloads that are almost right, and some that are nothing like it. */
function payloads(ids: readonly string[]) {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant('\0\ud800'));
  const id = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: text });
  const almost = fc.record(
    {
      playerId: id,
      requesterId: id,
      targetId: id,
      accepterId: id,
      declinerId: id,
      senderId: id,
      receiverId: id,
      sessionId: id,
      sdp: text,
      candidate: fc.oneof(fc.record({ candidate: text }), fc.anything()),
      characterId: fc.oneof(fc.integer(), fc.string()),
      fromFrame: fc.oneof(fc.nat(700), fc.double()),
      inputs: fc.oneof(
        fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
        fc.string(),
      ),
      frames: fc.nat(),
      checksum: fc.nat(),
      reason: text,
    },
    { requiredKeys: [] },
  );
  return fc.oneof({ weight: 4, arbitrary: almost }, { weight: 1, arbitrary: fc.jsonValue() });
}

describe('a hostile client', () => {
  it('gets a clear answer to whatever it sends, and nobody else notices', { timeout: 120_000 }, async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
    const { sessionId } = await startFight(one, two);
    const hostile = await arcade.enter('Hostile');
    const message = fc.tuple(fc.constantFrom(...EVENTS), payloads([hostile.id, one.id, two.id, sessionId]));
    const known = [0, 400, 403, 404, 409, 413, 429];
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 5, maxLength: 25 }), async (messages) => {
        const codes = await Promise.all(messages.map(([event, payload]) => hostile.codeOf(event, payload)));
        for (const code of codes) seen.add(code);
        expect(codes.filter((code) => !known.includes(code))).toEqual([]);
        arcade.clock.advance(50);
      }),
      { numRuns: 150 },
    );
    expect([...seen]).toEqual(expect.arrayContaining([0, 400, 403]));
    expect(hostile.socket.connected).toBe(true);
    expect([...one.all('match_ended'), ...two.all('match_ended')]).toEqual([]);
    expect(await one.codeOf('join_lobby', { playerId: one.id })).toBe(0);
  });

  it('may leave out the payload and the ack, or send more than one', async () => {
    const player = await arcade.enter('Careless');
    player.socket.emit('join_lobby');
    expect(await player.hear('error')).toMatchObject({ code: 400 });
    expect(await player.codeOf('join_lobby')).toBe(400);
    expect(await player.codeOf('join_lobby', { playerId: player.id }, 'and', 'more')).toBe(0);
    // A number as the name, which socket.io's parser lets through.
    player.forget();
    player.socket.io.engine.write(rawEvent([7, {}]));
    expect(await player.hear('error')).toMatchObject({ code: 400 });
    player.socket.emit('leave_lobby', { playerId: player.id });
    expect(await player.codeOf('leave_lobby', { playerId: player.id })).toBe(0);
  });

  it('may give a reason that no database would store', async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Two')];
    const { sessionId } = await agree(one, two);
    const reason = 'gone\0\ud800';
    expect(await one.codeOf('peer_failed', { playerId: one.id, sessionId, reason })).toBe(0);
    const [last] = await arcade.db.traceEvent.findMany({ where: { sessionId }, orderBy: { id: 'desc' } });
    expect(last).toMatchObject({
      type: 'failed',
      detail: { told: expect.stringMatching(/^gone [^\p{Cc}\p{Cs}]$/u) },
    });
    expect(await one.codeOf('peer_connected', { playerId: one.id, sessionId: 'x\0' })).toBe(400);
  });

  it('is answered 429 in a flood, and costs no memory', { timeout: 60_000 }, async () => {
    const player = await arcade.enter('Flood');
    const flood = async () => {
      const replies: Promise<number>[] = [];
      for (let i = 0; i < 4_000; i += 1) replies.push(player.codeOf('nonsense', 'x'.repeat(200)));
      const codes = await Promise.all(replies);
      player.forget();
      return codes.filter((code) => code === 429).length;
    };
    expect(await flood()).toBeGreaterThan(3_000);
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 3; i += 1) {
      arcade.clock.advance(20_000);
      await flood();
    }
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(150 * 1024 * 1024);
    expect(player.socket.connected).toBe(true);
  });

  it('SIG-14: loses its line where it goes on flooding, and its new line sooner', {
    timeout: 60_000,
  }, async () => {
    const player = await arcade.enter('Flood');
    const flood = (line: Player, messages: number) => {
      for (let i = 0; i < messages; i += 1) line.socket.emit('nonsense', () => undefined);
    };
    flood(player, 6_000);
    await player.closed();
    const again = await arcade.connect(player.id);
    flood(again, 700);
    await again.closed();
    arcade.clock.advance(20_000);
    const later = await arcade.connect(player.id);
    expect(await later.codeOf('join_lobby', { playerId: player.id })).toBe(0);
  });

  it('SIG-12: that sends a message past all limits loses its line, and only that', async () => {
    const [player, other] = [await arcade.enter('Huge'), await arcade.enter('Bystander')];
    player.socket.emit('join_lobby', { playerId: 'x'.repeat(2_000_000) });
    await player.closed();
    expect(await other.codeOf('join_lobby', { playerId: other.id })).toBe(0);
  });
});

describe('what is no packet at all', () => {
  /** 2,000 arrays in each other that claim thirty million entries each: gigabytes, for a parser that believes it. */
  const bomb = Buffer.from(Array.from({ length: 2_000 }, () => [0xdd, 1, 0xc9, 0xc3, 0x80]).flat());

  it.each<[Dialect, string, string | Uint8Array]>([
    ['json', 'a type that there is not', '9["join_lobby"]'],
    ['json', 'an event that is not one', '2{"a":1}'],
    ['json', "the library's own event", '2["disconnect","x"]'],
    ['json', 'bytes that nothing announced', new Uint8Array(8)],
    ['json', 'more attachments than there are', '599999999999-["x"]'],
    ['msgpack', 'text', '2["join_lobby",{}]'],
    ['msgpack', 'noise', Uint8Array.from({ length: 500 }, (_, i) => (i * 151) % 256)],
    ['msgpack', 'lengths that are not there', bomb],
    ['msgpack', 'depth without end', new Uint8Array(1_000_000).fill(0x91)],
    ['msgpack', "the library's own event", packed({ type: 2, nsp: '/', data: ['disconnect', 'x'] })],
    ['msgpack', 'a name that is no text', packed({ type: 2, nsp: '/', data: [{ toString: 1 }] })],
  ])('SIG-21: over %s, %s costs its own line', async (dialect, _what, message) => {
    const other = await arcade.enter('Bystander');
    const { id } = await arcade.enter('Garbled');
    const player = await arcade.connect(id, undefined, dialect);
    player.socket.io.engine.write(message);
    await player.closed();
    expect(await other.codeOf('join_lobby', { playerId: other.id })).toBe(0);
    expect(await (await arcade.connect(id)).codeOf('join_lobby', { playerId: id })).toBe(0);
  });

  it.each<Dialect>(['json', 'msgpack'])(
    'SIG-21: over %s, packets that are no events are paid by nobody and soon end the line',
    async (dialect) => {
      const { id } = await arcade.enter('Knocking');
      for (const type of [0, 3]) {
        const player = await arcade.connect(id, undefined, dialect);
        const packet = { type, nsp: '/elsewhere', data: type === 3 ? [] : {} };
        const knock =
          dialect === 'msgpack' ? packed(packet) : `${type}/elsewhere,${JSON.stringify(packet.data)}`;
        for (let i = 0; i < 12; i += 1) player.socket.io.engine.write(knock);
        await player.closed();
      }
    },
  );
});

describe('somebody who has not said who it is', () => {
  it.each<Dialect>(['json', 'msgpack'])(
    'SIG-21: over %s says no more than a log-in takes',
    async (dialect) => {
      const token = 'x'.repeat(140_000);
      const stranger = arcade.open('nobody', { token }, dialect);
      await stranger.closed();
      expect(stranger.heard).toEqual([]);
      // A player who is known may say as much.
      const { id } = await arcade.enter('Known');
      const player = await arcade.connect(id, undefined, dialect);
      expect(await player.codeOf('join_lobby', { playerId: id, pad: token })).toBe(0);
    },
  );
});

describe('a reader that stopped reading', () => {
  it('SIG-16: holds a bounded amount and is cut in the end, while others go on', {
    timeout: 60_000,
  }, async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Stuck')];
    const { sessionId } = await startFight(one, two);
    // The client's own TCP socket stops reading: what the server sends piles up in the kernel, then here.
    stopReading(two);
    const sdp = 'x'.repeat(60_000);
    const offer = { senderId: one.id, receiverId: two.id, sessionId, sdp };
    let worst: LineFigures | undefined;
    for (let i = 0; i < 400; i += 1) {
      const code = await one.codeOf('send_sdp_offer', offer);
      if (code === 429) arcade.clock.advance(1_000);
      for (const line of liveLines().read?.() ?? []) if (line.bytes > (worst?.bytes ?? 0)) worst = line;
      if (one.all('opponent_status').some(({ online }) => !online)) break;
    }
    await one.hear('opponent_status', ({ online }) => !online);
    expect(one.socket.connected).toBe(true);
    // What it was held for was shown, and is gone with it.
    expect(worst).toMatchObject({ playerName: 'Stuck', looksOn: false });
    expect(worst?.queued).toBeGreaterThan(30);
    expect(worst?.bytes).toBeGreaterThan(500_000);
    expect(worst?.bytes).toBeLessThan(5_000_000);
    expect([...(liveLines().read?.() ?? [])].map(({ playerName }) => playerName)).not.toContain('Stuck');
  });
});

describe('a reader that is slow for a while', () => {
  it('SIG-22: loses the oldest of what the relay brings, and neither its line nor anything else', {
    timeout: 60_000,
  }, async () => {
    const [one, two] = [await arcade.enter('One'), await arcade.enter('Slow')];
    const { sessionId } = await startFight(one, two);
    const figures = () => [...(liveLines().read?.() ?? [])].find(({ playerId }) => playerId === two.id);
    stopReading(two);
    const offer = { senderId: one.id, receiverId: two.id, sessionId, sdp: 'x'.repeat(60_000) };
    let offers = 0;
    while ((figures()?.queued ?? 0) < 32) if ((await one.codeOf('send_sdp_offer', offer)) === 0) offers += 1;
    for (let i = 0; i < 200; i += 1)
      expect(
        await one.codeOf('relay_data', { sessionId, data: Buffer.from([i, ...Array(999).fill(1)]) }),
      ).toBe(0);
    const { dropped = 0, queued = 0 } = figures() ?? {};
    expect(dropped).toBe(200 - 64);
    expect(queued).toBeLessThan(32 + 64 + 8);
    two.forget();
    goOnReading(two);
    await two.hear('relay_data', ({ data }) => data[0] === 199);
    expect(two.all('relay_data').map(({ data }) => data[0])).toEqual(
      Array.from({ length: 64 }, (_, i) => 136 + i),
    );
    await two.send('leave_match', { playerId: two.id, sessionId });
    expect(offers).toBeGreaterThan(30);
    // All of them but what it had read before it stopped.
    expect(two.all('sdp_offer_received').length).toBeGreaterThanOrEqual(offers - 1);
  });
});

describe('takeover', () => {
  it('SIG-1: leaves one connection a player, however many pages open', async () => {
    const first = await arcade.enter('Many');
    const before = arcade.connections();
    const pages = await Promise.all(Array.from({ length: 8 }, () => arcade.connect(first.id)));
    await first.closed();
    const open = [];
    for (const page of pages) {
      const code = await Promise.race([
        page.closed().then(() => 'closed'),
        page.codeOf('join_lobby', { playerId: first.id }).then(() => 'open'),
      ]);
      if (code === 'open') open.push(page);
    }
    expect(open).toHaveLength(1);
    expect(arcade.connections()).toBe(before);
    for (const page of pages)
      if (!open.includes(page)) expect(page.all('error')).toMatchObject([{ code: 409, replaced: true }]);
  });
});

describe('the http server beneath', () => {
  it('keeps upgrades that are not ours', async () => {
    const { port } = new URL(arcade.url);
    const socket = connectTcp(Number(port), '127.0.0.1');
    socket.write('GET /somewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await new Promise((resolve) => socket.once('connect', resolve));
    const player = await arcade.enter('Witness');
    await player.send('join_lobby', { playerId: player.id });
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  });
});

/** The TCP socket reads again. */
function goOnReading(player: Player): void {
  tcpOf(player).resume();
}

function stopReading(player: Player): void {
  tcpOf(player).pause();
}

/** The TCP socket beneath a client; socket.io keeps it out of its types. */
function tcpOf(player: Player): { pause(): void; resume(): void } {
  const ws: object = Reflect.get(player.socket.io.engine.transport, 'ws');
  return Reflect.get(ws, '_socket');
}
