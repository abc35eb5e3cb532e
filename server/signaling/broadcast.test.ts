import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLobbyList } from '../../client/lobby-list';
import type { LobbyPlayer, ServerPayloads } from '../../proto/signaling-payloads';
import { createFakeClock } from '../sessions/testing/fake-clock';
import { LobbyBroadcast } from './broadcast';
import { CLASS_OF } from './classes';
import type { Connection, Message, SignalingIo } from './connection';
import { Lobby } from './lobby';
import { Outbox } from './outbox';

/** A lobby, its broadcast, and two lines that follow it by its changes: one of them gets stuck now and then. */
function setup(linesATurn?: number) {
  const clock = createFakeClock();
  const lines: { connection: Connection; hear(event: string, payload: unknown): void }[] = [];
  const lobby: Lobby = new Lobby({
    ...{ clock, isInMatch: () => false },
    mayPublish: () => !broadcast.isBusy,
    publish: (change) => broadcast.publish(change),
  });
  const io = {
    of: () => ({ sockets: { has: () => true } }),
    local: {
      to: (ids: readonly string[]) => ({
        emit(event: string, payload: unknown) {
          for (const { connection, hear } of lines)
            if (ids.includes(connection.socket.id)) hear(event, payload);
        },
      }),
    },
  } as unknown as SignalingIo;
  const broadcast = new LobbyBroadcast({
    ...{ dialects: [io], lobby, clock },
    lines: () => lines.map(({ connection }) => connection),
    mayHaveAtOnce: () => true,
    ...(linesATurn === undefined ? {} : { linesATurn }),
  });

  async function open(id: string) {
    const list = createLobbyList();
    const page = { players: [] as readonly LobbyPlayer[], gaps: 0, lists: 0, isStuck: false };
    let seq = 0;
    const hear = (event: string, payload: unknown) => {
      if (event === 'lobby_update') {
        const update = payload as ServerPayloads['lobby_update'];
        page.lists += 1;
        page.players = list.take(update);
        seq = update.seq ?? Number.NaN;
      } else {
        const delta = payload as ServerPayloads['lobby_delta'];
        page.players = list.apply(delta) ?? page.players;
        // Neither left out nor said again.
        if (delta.seq !== seq + 1) page.gaps += 1;
        seq = delta.seq;
      }
    };
    const outbox = new Outbox<Message>(
      {
        write: ({ event, payload }) => hear(event, payload),
        isCongested: () => page.isStuck,
        cut: () => expect.unreachable('nobody is cut for the lobby'),
        classOf: ({ event }) => CLASS_OF[event],
        subjectOf: ({ event }) => event,
        sizeOf: () => 1,
        dropped() {
          outbox.discard(({ event }) => event === 'lobby_delta');
          broadcast.resync(connection);
        },
      },
      { never: { messages: 1, bytes: 9 }, oldest: { messages: 2, bytes: 99 } },
    );
    const connection = {
      playerId: id,
      outbox,
      list: { isShown: false, isDelta: true, sentAt: Number.NEGATIVE_INFINITY, isStale: false, seq: 0 },
      socket: { id },
    } as unknown as Connection;
    lines.push({ connection, hear });
    broadcast.show(connection, () => undefined);
    return { connection, page, outbox };
  }

  /** Lets time pass, and the turns of the event loop in which lists are sent. */
  async function pass(ms: number): Promise<void> {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { clock, lobby, broadcast, open, pass };
}

const inOrder = (players: readonly LobbyPlayer[]) => players.map(({ playerId }) => playerId).toSorted();

describe('a change for a crowd', () => {
  it('SIG-20: goes out in parts, and what comes in is read between them', async () => {
    const { clock, lobby, broadcast, open, pass } = setup(10);
    const pages = await Promise.all(Array.from({ length: 35 }, (_, i) => open(`line${i}`)));
    await pass(300);
    const knowing = () => pages.filter(({ page }) => page.players.length > 0).length;
    const seen: number[] = [];
    lobby.join('p1', 'somebody');
    await pass(0);
    const look = () => seen.push(knowing());
    setImmediate(look);
    await pass(30);
    expect(seen).toEqual([10]);
    // One change at a time, however long it takes.
    await pass(300);
    lobby.join('p2', 'somebody');
    await pass(0);
    clock.advance(30);
    lobby.leave('p1');
    lobby.join('p3', 'somebody');
    clock.advance(1_000);
    expect(broadcast.isBusy).toBe(true);
    expect(lobby.seq).toBe(2);
    for (let i = 0; i < 4; i += 1) await pass(300);
    expect(broadcast.isBusy).toBe(false);
    for (const { page } of pages) expect(page).toMatchObject({ gaps: 0, lists: 1, players: { length: 2 } });
  });

  it('SIG-20: who gets a list while it goes out does not get it again', async () => {
    const { lobby, broadcast, open, pass } = setup(1);
    const lines = [await open('first'), await open('second'), await open('third')];
    const third = lines[2];
    if (!third) throw new Error('three lines are needed');
    await pass(300);
    lobby.join('p1', 'somebody');
    broadcast.resync(third.connection);
    await pass(30);
    for (let i = 0; i < 3; i += 1) await pass(300);
    expect(third.page).toMatchObject({ gaps: 0, lists: 2, players: { length: 1 } });
  });

  it('SIG-20: who comes while it goes out gets it once, in the list', async () => {
    const { lobby, open, pass } = setup(1);
    const [first] = [await open('first'), await open('second')];
    await pass(300);
    lobby.join('p1', 'somebody');
    await pass(30);
    const late = await open('late');
    await pass(300);
    lobby.join('p2', 'somebody');
    for (let i = 0; i < 3; i += 1) await pass(300);
    for (const { page } of [first, late])
      expect(page).toMatchObject({ gaps: 0, lists: 1, players: { length: 2 } });
  });
});

describe('changes of the lobby for a slow line', () => {
  it('SIG-22: a line that missed changes gets a list, and never sees a gap', async () => {
    const { lobby, open, pass } = setup();
    const { page, outbox } = await open('slow');
    await pass(300);
    page.isStuck = true;
    for (let i = 0; i < 6; i += 1) {
      lobby.join(`p${i}`, 'somebody');
      await pass(300);
    }
    expect(page.lists).toBe(1);
    page.isStuck = false;
    outbox.flush();
    await pass(300);
    expect(page).toMatchObject({ gaps: 0, lists: 2 });
    expect(page.players).toHaveLength(6);
    expect(outbox.dropped).toBe(3);
    // From here on by changes again.
    lobby.leave('p0');
    await pass(300);
    expect(page).toMatchObject({ gaps: 0, lists: 2 });
    expect(page.players).toHaveLength(5);
  });

  it('SIG-22: in the end every line has the lobby as it is, whatever gets stuck when', {
    timeout: 60_000,
  }, async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constantFrom('join', 'leave'), who: fc.nat(7) }),
      fc.record({ do: fc.constantFrom('stick', 'drain'), who: fc.nat(1) }),
      fc.record({ do: fc.constant('pass'), who: fc.nat(500) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        // Each line in a turn of its own, so that things happen between the two.
        const { lobby, broadcast, open, pass } = setup(1);
        const lines = [await open('one'), await open('two')];
        for (const { do: what, who } of steps) {
          const line = lines[who];
          if (what === 'join') lobby.join(`p${who}`, 'somebody');
          else if (what === 'leave') lobby.leave(`p${who}`);
          else if (what === 'pass') await pass(who);
          else if (line) {
            line.page.isStuck = what === 'stick';
            if (what === 'drain') line.outbox.flush();
          }
        }
        for (const { page, outbox } of lines) {
          page.isStuck = false;
          outbox.flush();
        }
        for (let i = 0; i < 4; i += 1) await pass(1_000);
        for (const { page } of lines) {
          expect(inOrder(page.players)).toEqual(inOrder(lobby.snapshot()));
          expect(page.gaps).toBe(0);
        }
        broadcast.close();
        lobby.close();
      }),
      { numRuns: 150 },
    );
  });
});
