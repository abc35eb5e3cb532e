import { describe, expect, it } from 'vitest';
import type { GameState, PlayerState } from '../grpc/gen/proto/game';
import { checkedStates, checkState } from './state-check';

const player: PlayerState = {
  health: 100,
  super_gauge: 0,
  position_x: -110,
  position_y: 0,
  current_action: 'IDLE',
};
const state = (more: Partial<GameState> = {}): GameState => ({
  match_id: 'm',
  timer: 99,
  player1: player,
  player2: player,
  ...more,
});

async function* telling(states: GameState[], end?: Error): AsyncGenerator<GameState> {
  yield* states;
  if (end) throw end;
}

async function read(states: GameState[], end?: Error): Promise<GameState[]> {
  const signal = new AbortController().signal;
  const told: GameState[] = [];
  for await (const one of checkedStates(() => telling(states, end), 'm', signal)) told.push(one);
  return told;
}

describe('GRPC-8: a state of a fight', () => {
  it('passes as it is when it keeps the contract', () => {
    for (const winner_id of [0, 1, 2])
      expect(checkState(state({ winner_id }), 'm')).toEqual(state({ winner_id }));
    expect(checkState(state(), 'm')).toEqual(state());
  });

  it('of another match is refused; one without an id is taken for the one that was asked for', () => {
    expect(() => checkState(state({ match_id: 'another' }), 'm')).toThrow(/contract: id/);
    expect(checkState(state({ match_id: '' }), 'm')).toEqual(state());
  });

  it.each([3, -1, 2_147_483_647])('with the winner %i is refused', (winner_id) => {
    expect(() => checkState(state({ winner_id }), 'm')).toThrow(/contract: winner/);
  });

  it('is cut to what a picture can show', () => {
    const wild: PlayerState = {
      health: -5,
      super_gauge: 2_000_000,
      position_x: -2_147_483_648,
      position_y: 2_147_483_647,
      current_action: `<b>${'A'.repeat(50_000)}`,
    };
    expect(checkState(state({ timer: -1, player1: wild }), 'm')).toEqual(
      state({
        timer: 0,
        player1: {
          health: 0,
          super_gauge: 100,
          position_x: -10_000,
          position_y: 10_000,
          current_action: `b${'A'.repeat(29)}`,
        },
      }),
    );
  });
});

describe('GRPC-9: the states of a fight', () => {
  it('end with the first winner: what follows goes no further', async () => {
    const last = state({ timer: 40, winner_id: 1 });
    expect(await read([state(), last, state({ timer: 39 }), state({ winner_id: 2 })])).toEqual([
      state(),
      last,
    ]);
  });

  it('end with the winner, however the service ends', async () => {
    const last = state({ winner_id: 2 });
    expect(await read([last], new Error('the service broke'))).toEqual([last]);
    await expect(read([state()], new Error('the service broke'))).rejects.toThrow('broke');
  });

  it('end with the winner when the service neither says more nor ends', async () => {
    const last = state({ winner_id: 2 });
    const told: GameState[] = [];
    async function* open(signal: AbortSignal): AsyncGenerator<GameState> {
      yield last;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    }
    for await (const one of checkedStates(open, 'm', new AbortController().signal)) told.push(one);
    expect(told).toEqual([last]);
  });
});
