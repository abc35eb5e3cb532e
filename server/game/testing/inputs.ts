import { isMatchOver } from '../../../engine/fighter/outcome';
import { MAX_MATCH_FRAMES } from '../../../engine/fighter/rules';
import { createState, type MatchConfig } from '../../../engine/fighter/state';
import { step } from '../../../engine/fighter/step';
import { seededRandom } from '../../../engine/rollback/testing/random';

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
