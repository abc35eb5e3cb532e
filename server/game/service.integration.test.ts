import { type ClientReadableStream, Metadata, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { engineDigest } from '../../engine/fighter/checksum';
import { simulateReplay } from '../../engine/fighter/replay';
import { GameServiceClient, type GameState } from '../grpc/gen/proto/game';
import { MatchServiceClient } from '../grpc/gen/proto/match';
import { internalMetadata, type ServiceKeys } from '../grpc/internal-auth';
import { type RunningGrpcServer, startGrpcServer } from '../grpc/server';
import { channels } from '../upstream/channels';
import { targetAt } from '../upstream/target';
import { callUnary } from '../upstream/unary';
import { liveOnlyMetadata } from './live-only';
import { createGameServices, type GameServiceOptions, type GameServices } from './service';
import { randomMatch } from './testing/inputs';

const KEYS = { authSecret: 'a secret of at least thirty-two characters' };
const silent = { info: () => undefined, warn: () => undefined };
const MATCH = randomMatch({ seed: 7, characters: [1, 2] }, 1);
const FRAMES = MATCH.length / 4;

let games: GameServices;
let server: RunningGrpcServer;

async function start(options: GameServiceOptions = {}): Promise<void> {
  games = createGameServices({ keys: KEYS, ...options });
  server = await startGrpcServer({
    host: '127.0.0.1',
    port: 0,
    services: games.services,
    log: silent,
    graceMs: 200,
  });
}

beforeEach(() => start());
afterEach(async () => {
  channels().close();
  await server.close();
  expect(games.counts()).toEqual({ exhibitions: 0, live: 0, viewers: 0, ticking: 0 });
});

function watch(match_id: string, characters = [1, 2], metadata = new Metadata()) {
  const client = channels().client(GameServiceClient, targetAt(`127.0.0.1:${server.port}`, false));
  const [player1_id = 0, player2_id = 0] = characters;
  return client.streamGameState({ match_id, player1_id, player2_id }, metadata);
}

/** Reads a stream to its end; the status is that of the call. */
async function readAll(call: ClientReadableStream<GameState>) {
  const states: GameState[] = [];
  call.on('data', (state: GameState) => states.push(state));
  call.on('error', () => undefined);
  const end = await new Promise<{ code: number; details: string }>((resolve) => call.on('status', resolve));
  return { states, code: end.code, details: end.details };
}

function first(call: ClientReadableStream<GameState>, count: number): Promise<GameState[]> {
  return new Promise((resolve, reject) => {
    const states: GameState[] = [];
    call.on('data', (state: GameState) => {
      states.push(state);
      if (states.length === count) resolve(states);
    });
    call.on('error', (error) => (states.length < count ? reject(error) : undefined));
  });
}

function judge(keys: ServiceKeys = KEYS) {
  const client = channels().client(MatchServiceClient, targetAt(`127.0.0.1:${server.port}`, false));
  const options = {
    metadata: internalMetadata(keys, MatchServiceClient.serviceName),
    deadlineMs: 5_000,
    service: 'judge',
    isOurs: true,
  } as const;
  const request = {
    match_id: 'live',
    seed: 7,
    player1_character: 1,
    player2_character: 2,
    engine_digest: engineDigest(),
    started_at_ms: BigInt(Date.now() - 60 * 60_000),
    player1_keys: [],
    player2_keys: [],
  };
  const unsigned = { opponent_signature: Buffer.alloc(0), opponent_signed_frames: 0 };
  return {
    create: (changes: Partial<typeof request> = {}) =>
      callUnary(client.createMatch.bind(client), { ...request, ...changes }, options),
    push: (player: number, from_frame: number, inputs: Buffer, match_id = 'live') =>
      callUnary(
        client.pushInputs.bind(client),
        { match_id, player, from_frame, inputs, ...unsigned },
        options,
      ),
    end: (reason: string, winner: number, match_id = 'live') =>
      callUnary(client.endMatch.bind(client), { match_id, reason, winner, cause: '' }, options),
  };
}

/** Sends both columns of the random match up to a frame, as two browsers would. */
async function fight(toFrame = FRAMES) {
  const { push } = judge();
  let progress = await push(1, 0, Buffer.alloc(0));
  for (let from = 0; from < toFrame; from += 600)
    for (const player of [1, 2])
      progress = await push(player, from, MATCH.subarray(from * 4, Math.min(from + 600, toFrame) * 4));
  return progress;
}

describe('an exhibition', () => {
  it('starts for an unknown id and sends a state a frame, 60 a second', async () => {
    const call = watch('somewhere');
    const states = await first(call, 1);
    const startMs = performance.now();
    await first(call, 120);
    const elapsedMs = performance.now() - startMs;
    expect(elapsedMs).toBeGreaterThan(1_850);
    expect(elapsedMs).toBeLessThan(3_000);
    expect(states[0]).toMatchObject({ match_id: 'somewhere', timer: 99, player1: { health: 100 } });
    expect(states[0]?.winner_id).toBeUndefined();
    call.cancel();
  });

  it('is one simulation for all who watch the id', async () => {
    const [a, b] = [watch('shared'), watch('shared', [2, 1])];
    const [statesA, statesB] = await Promise.all([first(a, 90), first(b, 90)]);
    expect(games.counts().exhibitions).toBe(1);
    const latest = JSON.stringify(statesA.at(-1)?.player1);
    expect(statesB.some(({ player1 }) => JSON.stringify(player1) === latest)).toBe(true);
    a.cancel();
    b.cancel();
  });

  it('ends with OK, the winner on the last message only, and repeats the end when asked again', async () => {
    await server.close();
    await start({ maxExhibitionFrames: 30 });
    const { states, code } = await readAll(watch('short'));
    expect(code).toBe(status.OK);
    expect(states.slice(0, -1).every(({ winner_id }) => winner_id === undefined)).toBe(true);
    expect(states.at(-1)?.winner_id).toBe(0);
    const again = await readAll(watch('short'));
    expect(again.states).toEqual([states.at(-1)]);
    expect(again.code).toBe(status.OK);
  });

  it('takes 0 for the first character and refuses one that does not exist', async () => {
    const call = watch('default', [0, 0]);
    await first(call, 2);
    call.cancel();
    const { code, details } = await readAll(watch('unknown', [1, 99]));
    expect(code).toBe(status.INVALID_ARGUMENT);
    expect(details).toMatch(/player2_id 99 is not a character/);
    expect((await readAll(watch(''))).code).toBe(status.INVALID_ARGUMENT);
  });

  it('is refused when too many are watched; one that nobody watches gives way', async () => {
    await server.close();
    await start({ maxExhibitions: 2 });
    const [a, b] = [watch('a'), watch('b')];
    await Promise.all([first(a, 2), first(b, 2)]);
    expect((await readAll(watch('c'))).code).toBe(status.RESOURCE_EXHAUSTED);
    a.cancel();
    await vi.waitFor(() => expect(games.counts().viewers).toBe(1));
    const c = watch('c');
    await first(c, 2);
    expect(games.counts().exhibitions).toBe(2);
    b.cancel();
    c.cancel();
  });

  it('tells its viewers when the service shuts down', async () => {
    const call = watch('down');
    await first(call, 2);
    const end = readAll(call);
    await server.close();
    expect((await end).code).toBe(status.UNAVAILABLE);
  });
});

describe('a live match', () => {
  it('is judged from what both browsers send', async () => {
    await judge().create();
    const { verdict } = await fight();
    const replayed = simulateReplay(verdict?.replay ?? Buffer.alloc(0));
    expect(verdict).toMatchObject({ winner: replayed.winner, checksum: replayed.checksum, frames: FRAMES });
    expect(await judge().create()).toMatchObject({ verdict: { checksum: replayed.checksum } });
  });

  it('is joined by its id and shows its end', async () => {
    await judge().create();
    await fight(FRAMES - 30);
    const call = watch('live');
    const end = readAll(call);
    await first(call, 1);
    const { verdict } = await fight();
    const { states, code } = await end;
    expect(code).toBe(status.OK);
    expect(states.filter(({ winner_id }) => winner_id !== undefined)).toEqual([states.at(-1)]);
    expect(states.at(-1)?.winner_id).toBe(verdict?.winner);
    // The frame on which the viewer joined, and the 30 that came after it, one message each.
    expect(states.length).toBe(31);
    const again = await readAll(watch('live'));
    expect(again.states).toEqual([states.at(-1)]);
  });

  it('can be forfeited, once', async () => {
    const { create, end } = judge();
    await create();
    await fight(300);
    expect((await end('forfeit', 2)).verdict).toMatchObject({ winner: 2, reason: 'forfeit', frames: 300 });
    expect((await end('no_contest', 0)).verdict).toMatchObject({ winner: 2, reason: 'forfeit' });
  });

  it('GRPC-2: is ended by nobody on this machine who lacks the token', async () => {
    await judge().create();
    await fight(300);
    const stranger = judge({});
    for (const call of [
      stranger.end('forfeit', 1),
      stranger.create(),
      stranger.push(1, 300, Buffer.alloc(4)),
    ])
      await expect(call).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await judge().create()).verdict).toBeUndefined();
  });

  it('takes its id from an exhibition that a viewer started under it', async () => {
    const call = watch('live');
    await first(call, 2);
    const squatter = readAll(call);
    await judge().create();
    expect((await squatter).code).toBe(status.UNAVAILABLE);
    const states = await first(watch('live', [1, 2], liveOnlyMetadata()), 1);
    expect(states[0]).toMatchObject({ match_id: 'live', timer: 99 });
  });

  it('is waited for when the caller knows that players own the id', async () => {
    expect((await readAll(watch('soon', [1, 2], liveOnlyMetadata()))).code).toBe(status.UNAVAILABLE);
    expect(games.counts().exhibitions).toBe(0);
  });

  it('refuses what makes no sense', async () => {
    const { create, push, end } = judge();
    await create();
    const refusals = [
      [push(3, 0, Buffer.alloc(4)), 'BAD_REQUEST'],
      [push(1, -1, Buffer.alloc(4)), 'BAD_REQUEST'],
      [push(1, 0, Buffer.alloc(3)), 'BAD_REQUEST'],
      [push(1, 0, Buffer.alloc(601 * 4)), 'TOO_LARGE'],
      [push(1, 0, Buffer.alloc(4), 'nobody'), 'NOT_FOUND'],
      [create({ seed: 8 }), 'CONFLICT'],
      [create({ match_id: 'other', engine_digest: 'deadbeef' }), 'CONFLICT'],
      [create({ match_id: 'other', player1_character: 99 }), 'BAD_REQUEST'],
      [create({ match_id: '' }), 'BAD_REQUEST'],
      [end('knockout', 1), 'BAD_REQUEST'],
      [end('forfeit', 0), 'BAD_REQUEST'],
      [end('no_contest', 0, 'nobody'), 'NOT_FOUND'],
    ] as const;
    for (const [refused, code] of refusals) await expect(refused).rejects.toMatchObject({ code });
    await create({ match_id: 'young', started_at_ms: BigInt(Date.now()) });
    await expect(push(1, 0, Buffer.alloc(200 * 4), 'young')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });
});
