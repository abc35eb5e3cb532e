import { createRollbackGame } from '../../engine/fighter/rollback-game';
import { inputOf } from './simulation';

/** Frames of the fighting game that one core simulates again in a millisecond. */
export function fighterFramesPerMs(): number {
  const rates: number[] = [];
  const status = new Uint8Array(2);
  const row = new Uint8Array(4);
  for (let round = 0; round < 12; round++) {
    const game = createRollbackGame({ seed: 1, characters: [1, 2] });
    const start = performance.now();
    for (let frame = 0; frame < 6000; frame++) {
      for (let player = 0; player < 2; player++) {
        const value = inputOf(player, frame >> 3);
        row[player * 2] = value & 0xff;
        row[player * 2 + 1] = value >>> 8;
      }
      game.advance(row, status);
    }
    rates.push(6000 / (performance.now() - start));
  }
  rates.sort((a, b) => a - b);
  return rates[6] ?? 0;
}
