import { expect, test } from '@playwright/test';
import { decodeReplay, simulateReplay } from '../engine/fighter/replay';
import { GRPC_ADDRESS } from './support/arcade';
import { type GameState, gameClient } from './support/game-client';
import { ScriptClient, TrpcRefusal } from './support/script-client';
import { sendInputs } from './support/script-fight';
import { type AcceptedConfig, scriptMatch } from './support/scripted-match';
import { uniqueName } from './support/unique-name';

/** Clients that nobody here wrote rely on these names: this one knows nothing but the printed contracts. */

/** Everything a stream says until it ends. */
function collectStates(address: string, matchId: string): Promise<GameState[]> {
  const client = gameClient(address);
  const states: GameState[] = [];
  const call = client.StreamGameState({ match_id: matchId, player1_id: 0, player2_id: 0 });
  return new Promise<GameState[]>((resolve, reject) => {
    call.on('data', (state: GameState) => states.push(state));
    call.on('end', () => resolve(states));
    call.on('error', reject);
  }).finally(() => client.close());
}

/** Watches by subscription, drops the line after a while, and comes back with the last event's id. */
async function watchWithInterruption(origin: string, matchId: string) {
  const viewer = new ScriptClient(origin);
  const states: Array<Omit<GameState, 'match_id'>> = [];
  const kinds: string[] = [];
  let lastEventId: string | undefined;
  let ended: Record<string, unknown> | undefined;
  for (let connection = 1; !ended; connection++) {
    const line = new AbortController();
    let events = 0;
    for await (const event of viewer.subscribe('match.stateStream', { matchId, lastEventId }, line.signal)) {
      lastEventId = event.id ?? lastEventId;
      kinds.push(String(event.data.type));
      if (Array.isArray(event.data.states)) states.push(...event.data.states);
      if (event.data.type === 'ended') ended = event.data;
      if (event.data.type === 'failed') throw new Error(`the stream failed: ${JSON.stringify(event.data)}`);
      // Twice in mid-fight the line drops; what comes next must continue where it stopped.
      if (ended || (connection <= 2 && ++events === 40)) break;
    }
    line.abort();
  }
  return { states, kinds, ended };
}

const withoutId = ({ match_id, ...rest }: GameState) => rest;

test('a script registers, logs in, fights a whole match, and is believed', async ({ baseURL }) => {
  test.setTimeout(180_000);
  const origin = baseURL ?? '';
  const [ann, bob] = await Promise.all([
    ScriptClient.enter(origin, uniqueName('ann')),
    ScriptClient.enter(origin, uniqueName('bob')),
  ]);
  const [annSocket, bobSocket] = await Promise.all([ann.connect(), bob.connect()]);
  expect(await annSocket.hear('ready')).toMatchObject({
    playerId: ann.playerId,
    playerName: ann.playerName,
    protocolVersion: 1,
    iceServers: expect.any(Array),
  });
  expect(annSocket.heard[0]?.event).toBe('ready');

  // The lobby.
  expect(await annSocket.send('join_lobby', { playerId: ann.playerId })).toMatchObject({ ok: true });
  expect(await bobSocket.send('join_lobby', { playerId: bob.playerId })).toMatchObject({ ok: true });
  const lists = (who: ScriptClient) => (payload: Record<string, unknown>) =>
    JSON.stringify(payload.players).includes(`"${who.playerId}"`);
  await annSocket.hear('lobby_update', lists(bob), 5_000);

  // The challenge.
  const asked = await annSocket.send('request_match', {
    requesterId: ann.playerId,
    targetId: bob.playerId,
    characterId: 2,
  });
  expect(asked).toMatchObject({ ok: true, sessionId: expect.any(String) });
  const sessionId = asked.ok ? String(asked.sessionId) : '';
  expect(await bobSocket.hear('match_request_received')).toMatchObject({
    requesterId: ann.playerId,
    requesterName: ann.playerName,
    sessionId,
  });
  const accepted = { accepterId: bob.playerId, requesterId: ann.playerId, sessionId, characterId: 1 };
  expect(await bobSocket.send('accept_match', accepted)).toMatchObject({ ok: true });
  const annAccepted = await annSocket.hear('match_request_accepted');
  const bobAccepted = await bobSocket.hear('match_request_accepted');
  const config = {
    playerIndex: 1,
    characters: [2, 1],
    seed: expect.any(Number),
    delayFrames: expect.any(Number),
    engineDigest: expect.any(String),
  };
  expect(annAccepted).toMatchObject({ accepterId: bob.playerId, sessionId, config });
  expect(bobAccepted).toMatchObject({ sessionId, config: { ...config, playerIndex: 2 } });

  // The connection: the server carries it and doesn't look inside.
  const to = (sender: ScriptClient, receiver: ScriptClient, fields: Record<string, unknown>) => ({
    senderId: sender.playerId,
    receiverId: receiver.playerId,
    sessionId,
    ...fields,
  });
  const candidate = { candidate: 'candidate:1 1 udp 1 127.0.0.1 9 typ host', sdpMid: '0', sdpMLineIndex: 0 };
  expect(await annSocket.send('send_sdp_offer', to(ann, bob, { sdp: 'an offer' }))).toEqual({ ok: true });
  expect(await bobSocket.hear('sdp_offer_received')).toMatchObject({
    senderId: ann.playerId,
    sdp: 'an offer',
  });
  expect(await bobSocket.send('send_sdp_answer', to(bob, ann, { sdp: 'an answer' }))).toEqual({ ok: true });
  expect(await annSocket.hear('sdp_answer_received')).toMatchObject({
    senderId: bob.playerId,
    sdp: 'an answer',
  });
  expect(await annSocket.send('send_ice_candidate', to(ann, bob, { candidate }))).toEqual({ ok: true });
  expect(await bobSocket.hear('ice_candidate_received')).toMatchObject({ senderId: ann.playerId, candidate });
  for (const [client, socket] of [
    [ann, annSocket],
    [bob, bobSocket],
  ] as const)
    expect(await socket.send('peer_connected', { playerId: client.playerId, sessionId })).toEqual({
      ok: true,
    });
  const started = await annSocket.hear('match_started');
  expect(started).toMatchObject({ opponentId: bob.playerId, opponentName: bob.playerName, sessionId });
  await bobSocket.hear('match_started');

  // The fight, watched over gRPC and over a subscription that breaks twice.
  const match = scriptMatch(started.config as AcceptedConfig);
  const overGrpc = collectStates(GRPC_ADDRESS, sessionId);
  const overTrpc = watchWithInterruption(origin, sessionId);
  await Promise.all([sendInputs(annSocket, sessionId, match), sendInputs(bobSocket, sessionId, match)]);
  const claim = { sessionId, frames: match.frames, checksum: match.checksum };
  await annSocket.send('match_ended', claim);
  await bobSocket.send('match_ended', claim);
  const verdict = {
    sessionId,
    winner: 1,
    reason: 'knockout',
    frames: match.frames,
    checksum: match.checksum,
  };
  expect(await annSocket.hear('match_ended', undefined, 30_000)).toMatchObject(verdict);
  expect(await bobSocket.hear('match_ended', undefined, 30_000)).toMatchObject(verdict);

  // What the watchers saw.
  const states = await overGrpc;
  expect(states.length).toBeGreaterThan(match.frames / 2);
  expect(states.slice(0, -1).every((state) => state.winner_id === undefined)).toBe(true);
  expect(states.at(-1)).toMatchObject({ match_id: sessionId, winner_id: 1, player2: { health: 0 } });
  const watched = await overTrpc;
  expect(watched.ended).toMatchObject({ type: 'ended', winner_id: 1 });
  expect(watched.kinds).not.toContain('reconnecting');
  const seen = watched.states.map((state) => JSON.stringify(withoutId({ match_id: '', ...state })));
  const truth = states.map((state) => JSON.stringify(withoutId(state)));
  const tail = Math.min(seen.length, truth.length);
  expect(tail).toBeGreaterThan(match.frames / 2);
  // Neither a state too few nor one twice, over two lost lines.
  expect(seen.slice(-tail)).toEqual(truth.slice(-tail));

  // What stays.
  const again = await collectStates(GRPC_ADDRESS, sessionId);
  expect(again.map((state) => state.winner_id)).toEqual([1]);
  const replay = await ann.query<{ data: string; frames: number; checksum: number }>('replay.get', {
    sessionId,
  });
  expect(replay).toMatchObject({ frames: match.frames, checksum: match.checksum });
  const replayed = simulateReplay(decodeReplay(Buffer.from(replay.data, 'base64')));
  expect(replayed).toMatchObject({ winner: 1, frames: match.frames, checksum: match.checksum });
  annSocket.close();
  bobSocket.close();
});

test('an unknown match id starts an exhibition, and an unknown character is refused', async () => {
  const client = gameClient(GRPC_ADDRESS);
  const stream = (player1_id: number) =>
    client.StreamGameState({ match_id: uniqueName('show'), player1_id, player2_id: 2 });
  const first = await new Promise<GameState>((resolve, reject) => {
    const call = stream(1);
    call.on('error', reject);
    call.once('data', (state: GameState) => {
      call.off('error', reject);
      call.on('error', () => {});
      call.cancel();
      resolve(state);
    });
  });
  expect(first).toMatchObject({ timer: 99, player1: { health: 100 }, player2: { health: 100 } });
  const code = await new Promise((resolve) => {
    const call = stream(999);
    call.on('data', () => {});
    call.on('error', (error: Error & { code?: number }) => resolve(error.code));
  });
  expect(code).toBe(3);
  client.close();
});

test('bad input gets a clear error', async ({ baseURL }) => {
  const origin = baseURL ?? '';
  const stranger = new ScriptClient(origin);
  expect(await stranger.query('account.me')).toBeNull();
  const refusals: Array<[() => Promise<unknown>, string]> = [
    [() => stranger.mutate('account.signalToken'), 'UNAUTHORIZED'],
    [() => stranger.query('admin.sessions', {}), 'UNAUTHORIZED'],
    [() => stranger.mutate('account.register', { username: 'x', password: 'long enough' }), 'BAD_REQUEST'],
    [() => stranger.mutate('account.register', { username: 7 }), 'BAD_REQUEST'],
    [() => stranger.query('replay.get', { sessionId: 'nothing' }), 'NOT_FOUND'],
    [() => stranger.query('nothing.here'), 'NOT_FOUND'],
  ];
  for (const [attempt, code] of refusals) {
    const refusal = await attempt().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TrpcRefusal);
    expect(refusal).toMatchObject({ code, message: expect.stringMatching(/\S/) });
  }

  const player = await ScriptClient.enter(origin, uniqueName('cat'));
  const socket = await player.connect();
  await socket.hear('ready');
  const own = player.playerId;
  const failures: Array<[string, unknown, number]> = [
    ['request_match', {}, 400],
    ['request_match', 'nonsense', 400],
    ['request_match', { requesterId: own, targetId: own }, 409],
    ['request_match', { requesterId: own, targetId: 'nobody' }, 404],
    ['join_lobby', { playerId: 'somebody-else' }, 403],
    ['cancel_match_request', { requesterId: own, targetId: own, sessionId: 'nothing' }, 404],
    ['send_sdp_offer', { senderId: own, receiverId: own, sessionId: 'x', sdp: 'x'.repeat(70_000) }, 413],
  ];
  for (const [event, payload, code] of failures)
    expect(await socket.send(event, payload), event).toMatchObject({
      ok: false,
      error: { code, message: expect.stringMatching(/\S/) },
    });
  expect(socket.isConnected).toBe(true);
  socket.close();
});

test('signaling lets in neither missing nor forged tokens', async ({ baseURL }) => {
  const { io } = await import('socket.io-client');
  for (const auth of [{}, { token: 'forged' }, { token: 7 }]) {
    const socket = io(baseURL ?? '', {
      path: '/ws/signal',
      auth,
      transports: ['websocket'],
      reconnection: false,
    });
    const refused = await new Promise((resolve) => {
      socket.on('connect_error', (error) => resolve(error.message));
      socket.on('ready', () => resolve('let in'));
    });
    expect(refused).not.toBe('let in');
    socket.close();
  }
});
