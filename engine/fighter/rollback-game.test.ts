import { describe, expect, it } from 'vitest';
import { InputStatus } from '../rollback/types';
import { checksum } from './checksum';
import { createRollbackGame } from './rollback-game';
import { createState, Fighter, PLAYER_2, STATE_WORDS } from './state';
import { step } from './step';

const CONFIG = { seed: 77, characters: [2, 1] } as const;
const CONFIRMED = Uint8Array.of(InputStatus.confirmed, InputStatus.confirmed);

describe('the fighter as a rollback game', () => {
  it('reads little-endian inputs and steps the match that `step` would', () => {
    const game = createRollbackGame(CONFIG);
    const state = createState(CONFIG);
    for (let i = 0; i < 500; i += 1) {
      const one = (i * 31) & 0xffff;
      const two = (i * 77) & 0xffff;
      game.advance(Uint8Array.of(one & 255, one >> 8, two & 255, two >> 8), CONFIRMED);
      step(state, one, two);
    }
    expect(game.words).toEqual(state);
    expect(game.checksum()).toBe(checksum(state));
    expect(game.state.length).toBe(STATE_WORDS * 4);
  });

  it('is wholly in its buffer: a copied buffer goes on as the original does', () => {
    const game = createRollbackGame(CONFIG);
    const press = Uint8Array.of(8, 0, 4, 0);
    for (let i = 0; i < 200; i += 1) game.advance(press, CONFIRMED);
    const copy = createRollbackGame(CONFIG);
    copy.state.set(game.state);
    for (let i = 0; i < 200; i += 1) {
      game.advance(press, CONFIRMED);
      copy.advance(press, CONFIRMED);
    }
    expect(copy.checksum()).toBe(game.checksum());
  });

  it('lets a disconnected player press nothing', () => {
    const game = createRollbackGame(CONFIG);
    const state = createState(CONFIG);
    const gone = Uint8Array.of(InputStatus.confirmed, InputStatus.disconnected);
    for (let i = 0; i < 200; i += 1) {
      game.advance(Uint8Array.of(8, 0, 16, 0), gone);
      step(state, 8, 0);
    }
    expect(game.words).toEqual(state);
  });

  it('names the field behind each byte', () => {
    const game = createRollbackGame(CONFIG);
    expect(game.describe?.(0)).toBe('frame');
    expect(game.describe?.((PLAYER_2 + Fighter.HEALTH) * 4 + 3)).toBe('player2.health');
    const names = Array.from({ length: STATE_WORDS }, (_, word) => game.describe?.(word * 4) ?? '');
    expect(names.filter((name) => name.startsWith('word'))).toEqual([]);
    expect(new Set(names).size).toBe(STATE_WORDS);
  });
});
