import { expect } from '@playwright/test';
import { engineDigest } from '../engine/fighter/checksum';
import { simulateReplay } from '../engine/fighter/replay';
import { DIALECTS, speaking } from '../server/signaling/testing/dialect';
import { GRPC_ADDRESS } from './support/arcade';
import { collect, type GameState, gameClient, trainingClient } from './support/grpc-clients';
import { ScriptClient, TrpcRefusal } from './support/script-client';
import { sendInputs } from './support/script-fight';
import { type AcceptedConfig, scriptMatch } from './support/scripted-match';
import { test } from './support/test';
import { uniqueName } from './support/unique-name';

/** Clients that nobody here wrote rely on these names: this one knows nothing but the printed contracts. */

function collectStates(matchId: string): Promise<GameState[]> {
  const client = gameClient(GRPC_ADDRESS);
  const call = client.StreamGameState({ match_id: matchId, player1_id: 0, player2_id: 0 });
  return collect(call).finally(() => client.close());
}

/**
 * Follows a subscription to its end, drops the line twice on the way, and comes back with the last event's id.
 * @param field where the events carry what the stream is about
 */
async function followWithInterruptions(
  client: ScriptClient,
  path: string,
  input: Record<string, unknown>,
  field: 'states' | 'metrics',
) {
  const messages: unknown[] = [];
  const kinds: string[] = [];
  let lastEventId: string | undefined;
  let ended: Record<string, unknown> | undefined;
  let connections = 0;
  while (!ended) {
    connections++;
    const line = new AbortController();
    let events = 0;
    for await (const event of client.subscribe(path, { ...input, lastEventId }, line.signal)) {
      lastEventId = event.id ?? lastEventId;
      kinds.push(String(event.data.type));
      const list = event.data[field];
      if (Array.isArray(list)) messages.push(...list);
      if (event.data.type === 'ended') ended = event.data;
      if (event.data.type === 'failed') throw new Error(`the stream failed: ${JSON.stringify(event.data)}`);
      if (ended || (connections <= 2 && ++events === 15)) break;
    }
    line.abort();
  }
  // Twice the line was lost in the middle.
  expect(connections).toBe(3);
  return { messages, kinds, ended };
}

test('a script registers, logs in, fights a whole match, and is believed', async ({ baseURL }) => {
  test.setTimeout(180_000);
  const origin = baseURL ?? '';
  const [ann, bob] = await Promise.all([
    ScriptClient.enter(origin, uniqueName('ann')),
    ScriptClient.enter(origin, uniqueName('bob')),
  ]);
  const [annSocket, bobSocket] = await Promise.all([ann.connect(), bob.connect('msgpack')]);
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
  // Another engine would play other matches from the same inputs: is the server's build up to date?
  expect(started.config).toMatchObject({ engineDigest: engineDigest() });
  const match = scriptMatch(started.config as AcceptedConfig);
  const overGrpc = collectStates(sessionId);
  const overTrpc = followWithInterruptions(
    new ScriptClient(origin),
    'match.stateStream',
    { matchId: sessionId },
    'states',
  );
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
  // Neither a state too few nor one twice, over two lost lines.
  const tail = Math.min(watched.messages.length, states.length);
  expect(tail).toBeGreaterThan(match.frames / 2);
  expect(watched.messages.slice(-tail)).toEqual(states.slice(-tail));

  // What stays.
  const again = await collectStates(sessionId);
  expect(again.map((state) => state.winner_id)).toEqual([1]);
  const replay = await ann.query<{ data: string; frames: number; checksum: number }>('replay.get', {
    sessionId,
  });
  expect(replay).toMatchObject({ frames: match.frames, checksum: match.checksum });
  const replayed = simulateReplay(Buffer.from(replay.data, 'base64'));
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

test('a script starts a training and follows what the learner measures', async ({ baseURL }) => {
  test.setTimeout(120_000);
  const owner = await ScriptClient.enter(baseURL ?? '', uniqueName('coach'));
  const settings = { maxSteps: 15_000, evaluateEverySteps: 5_000, seed: 7 };
  const { sessionId } = await owner.mutate<{ sessionId: string }>('training.start', settings);
  const client = trainingClient(GRPC_ADDRESS);
  const overGrpc = collect(client.StreamTrainingMetrics({ session_id: sessionId }));
  const followed = await followWithInterruptions(owner, 'training.metricStream', { sessionId }, 'metrics');
  const metrics = await overGrpc;
  client.close();

  expect(followed.ended).toEqual({ type: 'ended' });
  expect(metrics.length).toBeGreaterThan(100);
  expect(metrics.every((one) => one.session_id === sessionId && Number.isFinite(one.loss))).toBe(true);
  expect(metrics.map((one) => one.step)).toEqual(metrics.map((one) => one.step).sort((a, b) => a - b));
  const tail = Math.min(followed.messages.length, metrics.length);
  expect(tail).toBeGreaterThan(50);
  expect(followed.messages.slice(-tail)).toEqual(metrics.slice(-tail));

  const listed = await owner.query<{ trainings: Array<{ sessionId: string }> }>('training.list');
  expect(listed.trainings.map((training) => training.sessionId)).toContain(sessionId);
  await expect(owner.mutate('training.start', { maxSteps: -1 })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
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
  for (const dialect of DIALECTS) {
    const socket = await player.connect(dialect);
    await socket.hear('ready');
    for (const [event, payload, code] of failures)
      expect(await socket.send(event, payload), `${event} in ${dialect}`).toMatchObject({
        ok: false,
        error: { code, message: expect.stringMatching(/\S/) },
      });
    expect(socket.isConnected).toBe(true);
    socket.close();
  }
});

test('signaling lets in neither missing nor forged tokens', async ({ baseURL }) => {
  const { io } = await import('socket.io-client');
  for (const dialect of DIALECTS)
    for (const auth of [{}, { token: 'forged' }, { token: 7 }]) {
      const socket = io(baseURL ?? '', {
        ...speaking(dialect),
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
