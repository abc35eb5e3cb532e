import { afterEach, expect, it } from 'vitest';
import { channels } from '../upstream/channels';
import { targetAt } from '../upstream/target';
import { GameServiceClient, GameServiceService, type GameState } from './gen/proto/game';
import { latestWriter } from './latest-writer';
import { type RunningGrpcServer, startGrpcServer } from './server';

const silent = { info: () => undefined, warn: () => undefined };
const OFFERED = 20_000;
let server: RunningGrpcServer;

afterEach(async () => {
  channels().close();
  await server.close();
});

it('a caller who does not read misses states instead of filling the memory, and still gets the last one', async () => {
  let allOffered: () => void = () => undefined;
  const offered = new Promise<void>((resolve) => {
    allOffered = resolve;
  });
  const action = 'A'.repeat(1_000);
  const state = (timer: number): GameState => {
    const player = { health: 1, super_gauge: 0, position_x: 0, position_y: 0, current_action: action };
    return { match_id: 'm', timer, player1: player, player2: player };
  };
  server = await startGrpcServer({
    host: '127.0.0.1',
    port: 0,
    log: silent,
    services: [
      {
        definition: GameServiceService,
        implementation: {
          async streamGameState(call: Parameters<typeof latestWriter<unknown, GameState>>[0]) {
            const writer = latestWriter(call);
            for (let timer = 1; timer <= OFFERED; timer += 1) {
              writer.offer(state(timer));
              if (timer % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
            }
            writer.end({ ...state(OFFERED + 1), winner_id: 1 });
            allOffered();
          },
        },
      },
    ],
  });
  const client = channels().client(GameServiceClient, targetAt(`127.0.0.1:${server.port}`, false));
  const call = client.streamGameState({ match_id: 'm', player1_id: 1, player2_id: 2 });
  await offered;
  const seen: number[] = [];
  for await (const message of call) seen.push((message as GameState).timer);
  expect(seen.at(-1)).toBe(OFFERED + 1);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  // 2 KB each: the windows of the transport hold some hundred of them, a queue would hold all.
  expect(seen.length).toBeLessThan(OFFERED / 10);
});
