import { beforeEach, describe, expect, it } from 'vitest';
import type { MatchConfig, ServerEventName, ServerPayloads } from '@/proto/signaling-payloads';
import type { Signaling, SignalingState } from '../../client/signaling';
import { type ArcadeConnection, createArcadeConnection } from './arcade-connection';

const CONFIG: MatchConfig = {
  playerIndex: 1,
  characters: [1, 2],
  seed: 7,
  delayFrames: 2,
  engineDigest: 'digest',
};
const READY = { playerId: 'ada', playerName: 'Ada', protocolVersion: 1, iceServers: [] };
const STARTED = { opponentId: 'mina', opponentName: 'Mina', sessionId: 's1', config: CONFIG };
const REQUEST = { requesterId: 'mina', requesterName: 'Mina', sessionId: 's1', expiresAt: 1 };

/** The network between this browser and the server, in the hand of the test. */
function createLine() {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const sent: { event: string; payload: unknown }[] = [];
  const replies = new Map<string, object>();
  let tell: (state: SignalingState) => void = () => undefined;
  let reopened = 0;
  const signaling = {
    state: 'online',
    async send(event: string, payload: unknown) {
      sent.push({ event, payload });
      return { ok: true, ...replies.get(event) };
    },
    on(event: string, listener: (payload: never) => void) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
    reopen: () => {
      reopened += 1;
      tell('connecting');
    },
    close: () => undefined,
  } as unknown as Signaling;
  const deliver = <E extends ServerEventName>(event: E, payload: ServerPayloads[E]) => {
    for (const listener of listeners.get(event) ?? []) listener(payload as never);
  };
  return {
    sent,
    replies,
    deliver,
    reopened: () => reopened,
    go: (state: SignalingState) => tell(state),
    ready: () => deliver('ready', { playerId: 'ada', playerName: 'Ada', protocolVersion: 1, iceServers: [] }),
    open: (onState: (state: SignalingState) => void) => {
      tell = onState;
      return signaling;
    },
  };
}

const seen = (name: string) => ({ playerId: name, playerName: name, status: 'available' as const });

describe('the arcade connection', () => {
  let line: ReturnType<typeof createLine>;
  let connection: ArcadeConnection;

  beforeEach(() => {
    line = createLine();
    connection = createArcadeConnection(line.open);
  });

  it('SIG-20: follows the lobby by its changes, and asks once for the list when one is missing', () => {
    line.ready();
    const change = { left: [], changed: [] };
    line.deliver('lobby_update', { players: [seen('ada')], seq: 3 });
    line.deliver('lobby_delta', { ...change, seq: 4, joined: [seen('mina')] });
    expect(connection.state().players).toEqual([seen('ada'), seen('mina')]);
    line.deliver('lobby_delta', { ...change, seq: 6, joined: [seen('zoe')] });
    line.deliver('lobby_delta', { ...change, seq: 7, joined: [seen('eve')] });
    expect(connection.state().players).toHaveLength(2);
    const asked = () => line.sent.filter(({ event }) => event === 'lobby_resync').length;
    expect(asked()).toBe(1);
    line.deliver('lobby_update', { players: [seen('ada'), seen('eve')], seq: 7 });
    line.deliver('lobby_delta', { ...change, seq: 9, joined: [seen('zoe')] });
    expect(asked()).toBe(2);
    expect(connection.state().players).toEqual([seen('ada'), seen('eve')]);
  });

  it('joins the lobby again each time the line comes back', () => {
    connection.joinLobby();
    expect(line.sent).toEqual([]);
    line.ready();
    line.go('offline');
    line.ready();
    expect(line.sent.map(({ event }) => event)).toEqual(['join_lobby', 'join_lobby']);
  });

  it('SIG-2: leaves a fight in another tab alone, and knows when it is over', () => {
    connection.joinLobby();
    line.deliver('ready', {
      playerId: 'ada',
      playerName: 'Ada',
      protocolVersion: 1,
      iceServers: [],
      fighting: { sessionId: 's1' },
    });
    line.go('online');
    expect(connection.state()).toMatchObject({
      match: null,
      fightingElsewhere: { sessionId: 's1', isOver: false },
    });
    line.deliver('match_ended', { sessionId: 's1', winner: 1, reason: 'knockout', frames: 9, checksum: 1 });
    expect(connection.state()).toMatchObject({ match: null, fightingElsewhere: { isOver: true } });
    expect(line.sent.map(({ event }) => event)).toEqual(['join_lobby']);
  });

  it('SIG-3: brings the fight here when asked to, also after this tab had lost it to another', () => {
    line.deliver('ready', { ...READY, fighting: { sessionId: 's1' } });
    line.go('online');
    connection.continueHere();
    line.deliver('match_started', { ...STARTED, resumed: true });
    expect(connection.state()).toMatchObject({
      fightingElsewhere: null,
      match: { sessionId: 's1', origin: 'resumed' },
    });
    line.go('replaced');
    expect(connection.state()).toMatchObject({ match: null, fightingElsewhere: { sessionId: 's1' } });
    connection.continueHere();
    line.deliver('ready', { ...READY, fighting: { sessionId: 's1' } });
    const takeOver = { event: 'take_over', payload: { playerId: 'ada', sessionId: 's1' } };
    expect(line.sent).toEqual([takeOver, takeOver]);
  });

  it('knows a fight that was agreed here from one that it found', async () => {
    line.ready();
    const accepted = { accepterId: 'mina', accepterName: 'Mina', config: CONFIG };
    line.deliver('match_request_accepted', { ...accepted, sessionId: 's0' });
    expect(connection.state().match?.origin).toBe('found');
    line.replies.set('request_match', { sessionId: 's1' });
    const asked = connection.challenge({ playerId: 'mina', playerName: 'Mina' }, 1);
    // The answer overtakes the ack.
    line.deliver('match_request_accepted', { ...accepted, sessionId: 's1' });
    await asked;
    expect(connection.state().match?.origin).toBe('agreed');
    line.deliver('match_started', { ...STARTED, resumed: true });
    expect(connection.state().match?.origin).toBe('agreed');
  });

  it('forgets a match only when it is over', () => {
    line.ready();
    line.deliver('match_started', { ...STARTED, resumed: false });
    connection.leaveMatch('s1');
    expect(connection.state().match?.sessionId).toBe('s1');
    line.deliver('match_ended', { sessionId: 's1', winner: 1, reason: 'knockout', frames: 9, checksum: 1 });
    connection.leaveMatch('s1');
    expect(connection.state().match).toBeNull();
  });

  it('names the accepter as the opponent of the requester', async () => {
    line.ready();
    line.replies.set('request_match', { sessionId: 's1' });
    await connection.challenge({ playerId: 'mina', playerName: 'Mina' }, 1);
    expect(connection.state().outgoing?.targetName).toBe('Mina');
    line.deliver('match_request_accepted', {
      accepterId: 'mina',
      accepterName: 'Mina',
      sessionId: 's1',
      config: CONFIG,
    });
    expect(connection.state().match).toMatchObject({ sessionId: 's1', opponentId: 'mina' });
    expect(connection.state().outgoing).toBeNull();
  });

  it('names the requester as the opponent of the accepter', () => {
    line.ready();
    line.deliver('match_request_received', REQUEST);
    line.deliver('match_request_accepted', {
      accepterId: 'ada',
      accepterName: 'Ada',
      sessionId: 's1',
      config: { ...CONFIG, playerIndex: 2 },
    });
    expect(connection.state().match).toMatchObject({ opponentId: 'mina', opponentName: 'Mina' });
    expect(connection.state().incoming).toEqual([]);
  });

  it('tells how a challenge ended, and who ended it', async () => {
    line.ready();
    line.replies.set('request_match', { sessionId: 's1' });
    await connection.challenge({ playerId: 'mina', playerName: 'Mina' }, 1);
    line.deliver('match_request_cancelled', { requesterId: 'ada', sessionId: 's1', reason: 'expired' });
    expect(connection.state().outcome).toEqual({ name: 'Mina', reason: 'expired' });
    expect(connection.state().outgoing).toBeNull();
  });

  it('drops open requests with the line, and keeps the match', () => {
    line.ready();
    line.deliver('match_started', {
      opponentId: 'mina',
      opponentName: 'Mina',
      sessionId: 's0',
      config: CONFIG,
      resumed: true,
    });
    line.deliver('match_request_received', REQUEST);
    line.go('offline');
    expect(connection.state().incoming).toEqual([]);
    expect(connection.state().match?.sessionId).toBe('s0');
  });

  it('is back in the lobby when somebody logs in again after the log-in had ended', () => {
    connection.joinLobby();
    line.ready();
    line.go('refused');
    connection.follow('ada');
    expect(line.reopened()).toBe(1);
    line.ready();
    line.go('online');
    expect(line.sent.map(({ event }) => event)).toEqual(['join_lobby', 'join_lobby']);
    connection.follow('ada');
    expect(line.reopened()).toBe(1);
  });

  it('keeps nothing of one person for the next', () => {
    line.ready();
    line.go('online');
    line.deliver('match_request_received', REQUEST);
    connection.follow('mina');
    expect(line.reopened()).toBe(1);
    expect(connection.state()).toMatchObject({ self: null, incoming: [], players: null, line: 'connecting' });
  });

  it('comes back after a takeover only when asked to', () => {
    line.go('replaced');
    connection.follow('ada');
    expect(line.reopened()).toBe(0);
    connection.useHere();
    expect(line.reopened()).toBe(1);
  });

  it('shows one card for a request that arrives twice', () => {
    line.ready();
    line.deliver('match_request_received', REQUEST);
    line.deliver('match_request_received', REQUEST);
    expect(connection.state().incoming).toHaveLength(1);
  });
});
