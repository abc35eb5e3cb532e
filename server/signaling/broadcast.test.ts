import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLobbyList } from '../../client/lobby-list';
import type { LobbyPlayer, ServerPayloads } from '../../proto/signaling';
import { createFakeClock } from '../sessions/testing/fake-clock';
import { LobbyBroadcast } from './broadcast';
import { CLASS_OF } from './classes';
import type { Connection, Message, SignalingIo } from './connection';
import { Lobby } from './lobby';
import { Outbox } from './outbox';

/** A lobby, its broadcast, and two lines that follow it by its changes: one of them gets stuck now and then. */
function setup() {
  const clock = createFakeClock();
  const lines: { connection: Connection; hear(event: string, payload: unknown): void }[] = [];
  const lobby = new Lobby({ clock, isInMatch: () => false, publish: (change) => broadcast.publish(change) });
  const io = {
    local: {
      to: (rooms: string | readonly string[]) => {
        const emitTo = (event: string, payload: unknown, but: readonly string[] = []) => {
          for (const { connection, hear } of lines) {
            const { id, rooms: own } = connection.socket;
            const isMeant = typeof rooms === 'string' ? own.has(rooms) : rooms.includes(id);
            if (isMeant && !but.includes(id)) hear(event, payload);
          }
        };
        return {
          emit: (event: string, payload: unknown) => emitTo(event, payload),
          except: (but: readonly string[]) => ({
            emit: (event: string, payload: unknown) => emitTo(event, payload, but),
          }),
        };
      },
    },
  } as unknown as SignalingIo;
  const broadcast = new LobbyBroadcast({
    ...{ dialects: [io], lobby, clock },
    lines: () => lines.map(({ connection }) => connection),
    mayHaveAtOnce: () => true,
  });

  async function open(id: string) {
    const list = createLobbyList();
    const page = { players: [] as readonly LobbyPlayer[], gaps: 0, lists: 0, isStuck: false };
    const hear = (event: string, payload: unknown) => {
      if (event === 'lobby_update') {
        page.lists += 1;
        page.players = list.take(payload as ServerPayloads['lobby_update']);
      } else {
        const next = list.apply(payload as ServerPayloads['lobby_delta']);
        if (next) page.players = next;
        else page.gaps += 1;
      }
    };
    const rooms = new Set<string>();
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
      list: { isDelta: true, sentAt: Number.NEGATIVE_INFINITY, isStale: false },
      socket: {
        id,
        rooms,
        join(names: readonly string[]) {
          for (const name of names) rooms.add(name);
        },
      },
    } as unknown as Connection;
    lines.push({ connection, hear });
    await broadcast.show(connection, () => undefined);
    return { page, outbox };
  }

  /** Lets time pass, and the turns of the event loop in which lists are sent. */
  async function pass(ms: number): Promise<void> {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { lobby, broadcast, open, pass };
}

const inOrder = (players: readonly LobbyPlayer[]) => players.map(({ playerId }) => playerId).toSorted();

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
        const { lobby, broadcast, open, pass } = setup();
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
