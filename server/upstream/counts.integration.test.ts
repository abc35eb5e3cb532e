import { afterEach, describe, expect, it } from 'vitest';
import type { GameState } from '../grpc/gen/proto/game';
import {
  type TrainingMetrics,
  type TrainingServiceServer,
  TrainingServiceService,
} from '../grpc/gen/proto/training';
import { startGrpcServer } from '../grpc/server';
import { metricsText } from '../metrics';
import { grpcJudge } from '../sessions/sessions';
import { exhibitionSource } from '../streams/match-source';
import { SharedStream, type StreamKind } from '../streams/shared-stream';
import { numberedState, startScriptedGame } from '../streams/testing/scripted-game';
import { local, metricsOf } from '../streams/testing/told';
import { channels } from './channels';
import { startHungService } from './testing/hung';

const REQUEST = { match_id: 'm', player1_id: 1, player2_id: 2 };
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  channels().close();
});

async function counted(): Promise<Map<string, number>> {
  const { text } = await metricsText();
  const lines = text.split('\n').filter((line) => line.startsWith('arcade_upstream_'));
  return new Map(
    lines.map((line): [string, number] => {
      const [name = '', value] = line.split(' ');
      return [name.replace('arcade_upstream_', ''), Number(value)];
    }),
  );
}

/** What the counters counted while something was done. */
async function countedIn(act: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await counted();
  await act();
  const after = await counted();
  const added = [...after].map(([name, value]): [string, number] => [name, value - (before.get(name) ?? 0)]);
  return Object.fromEntries(added.filter(([, value]) => value !== 0));
}

/** Follows a stream until an event of one of these types. */
async function hear<T, E extends { readonly type: string }>(kind: StreamKind<T, E>, ...until: string[]) {
  const stream = new SharedStream(kind);
  undo.push(() => stream.close());
  for await (const { data } of stream.follow(undefined, new AbortController().signal))
    if (until.includes(data.type)) return;
}

async function fight(states: GameState[]): Promise<void> {
  const game = await startScriptedGame();
  undo.push(() => game.stop());
  const heard = hear(exhibitionSource(local(game.port), REQUEST), 'ended', 'failed');
  await game.opened();
  game.send(...states);
  game.end();
  await heard;
}

describe('GRPC-11: a client counts', () => {
  it('streams that it opened, fields that it cut and messages that it refused', async () => {
    const wild = { ...numberedState(2, 1), timer: -1 };
    expect(await countedIn(() => fight([numberedState(1), wild]))).toEqual({
      'streams_opened_total{service="game"}': 1,
      'fields_cut_total{service="game",field="timer"}': 1,
    });
    expect(await countedIn(() => fight([{ ...numberedState(1), match_id: 'another' }]))).toEqual({
      'streams_opened_total{service="game"}': 1,
      'messages_refused_total{service="game",reason="id"}': 1,
    });
  });

  it('measurements too large to take', async () => {
    const huge: TrainingMetrics = {
      session_id: 'x'.repeat(5 << 20),
      step: 1,
      episode: 1,
      loss: 1,
      reward: 1,
      episode_length: 1,
    };
    const implementation: TrainingServiceServer = {
      streamTrainingMetrics: (call) => void call.write(huge),
    };
    const log = { info: () => undefined, warn: () => undefined };
    const services = [{ definition: TrainingServiceService, implementation }];
    const server = await startGrpcServer({ host: '127.0.0.1', port: 0, services, log, graceMs: 0 });
    undo.push(() => server.close());
    expect(await countedIn(() => hear(metricsOf(local(server.port)), 'failed'))).toEqual({
      'streams_opened_total{service="training"}': 1,
      'calls_failed_total{service="training",status="RESOURCE_EXHAUSTED"}': 1,
      'messages_refused_total{service="training",reason="too_large"}': 1,
    });
  });

  it('calls that failed, by the status', async () => {
    const asking = () =>
      grpcJudge(local(1), {})
        .endMatch({ matchId: 'm', reason: 'forfeit', winner: 1 })
        .catch(() => undefined);
    expect(await countedIn(asking)).toEqual({
      'calls_failed_total{service="judge",status="UNAVAILABLE"}': 1,
    });
  });

  it('streams that it lost: left unanswered, or their peer gone', async () => {
    const hung = await startHungService();
    undo.push(() => hung.close());
    const target = local(hung.port);
    const lost = async (name: string) => (await counted()).get(`streams_lost_total{${name}}`) ?? 0;
    const names = ['service="game",why="unanswered"', 'service="training",why="gone"'];
    const before = await Promise.all(names.map(lost));
    await Promise.all([
      hear(exhibitionSource(target, REQUEST), 'reconnecting'),
      hear(metricsOf(target), 'reconnecting'),
    ]);
    await expect
      .poll(() => Promise.all(names.map(lost)), { timeout: 15_000 })
      .toEqual(before.map((n) => n + 1));
  }, 20_000);
});
