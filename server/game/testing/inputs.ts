import { isMatchOver } from '../../../engine/fighter/outcome';
import { MAX_MATCH_FRAMES } from '../../../engine/fighter/rules';
import { createState, type MatchConfig } from '../../../engine/fighter/state';
import { step } from '../../../engine/fighter/step';

/** Small seeded generator (mulberry32), uint32 a call. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** A whole match of two players who press at random, as little-endian uint16 pairs of confirmed inputs. */
export function randomMatch(config: MatchConfig, seed: number): Buffer {
  const random = seededRandom(seed);
  const state = createState(config);
  const pairs: number[] = [];
  let inputs: [number, number] = [0, 0];
  for (let frame = 0; frame < MAX_MATCH_FRAMES && !isMatchOver(state); frame += 1) {
    if (frame % 6 === 0) inputs = [random() & 0xff, random() & 0xff];
    step(state, inputs[0], inputs[1]);
    pairs.push(...inputs);
  }
  const bytes = Buffer.alloc(pairs.length * 2);
  pairs.forEach((input, i) => {
    bytes.writeUInt16LE(input, i * 2);
  });
  return bytes;
}
