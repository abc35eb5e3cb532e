import fc from 'fast-check';
import { expect, it } from 'vitest';
import { InputQueue, NO_FRAME } from './input-queue';
import { InputStatus, type Predictor } from './types';

const HISTORY_FRAMES = 256;

/** Adds how long it has been to the last byte of the last known input. */
const counting: Predictor = {
  predict(_player, framesSince, last, out) {
    out.set(last);
    const end = out.length - 1;
    out[end] = ((last[end] ?? 0) + framesSince) & 0xff;
  },
};

/** The same by the book: all inputs ever, and for each simulated frame what it was simulated with. */
class Model {
  readonly known: number[][][];
  readonly gone: number[];
  readonly used: number[][] = [];

  constructor(
    playerCount: number,
    readonly inputBytes: number,
    readonly predictor: Predictor | undefined,
  ) {
    this.known = Array.from({ length: playerCount }, () => []);
    this.gone = new Array(playerCount).fill(NO_FRAME);
  }

  inputOf(player: number, frame: number): { bytes: number[]; status: number } {
    const inputs = this.known[player] ?? [];
    const zeros = new Array<number>(this.inputBytes).fill(0);
    if (frame > (this.gone[player] ?? NO_FRAME)) return { bytes: zeros, status: InputStatus.disconnected };
    const real = inputs[frame];
    if (real) return { bytes: real, status: InputStatus.confirmed };
    const last = inputs.at(-1) ?? zeros;
    const guess = Uint8Array.from(last);
    this.predictor?.predict(player, frame - inputs.length + 1, Uint8Array.from(last), guess);
    return { bytes: [...guess], status: InputStatus.predicted };
  }

  row(frame: number): { bytes: number[]; status: number[] } {
    const inputs = this.known.map((_, player) => this.inputOf(player, frame));
    return { bytes: inputs.flatMap(({ bytes }) => bytes), status: inputs.map(({ status }) => status) };
  }
}

type Step =
  | { readonly kind: 'put'; readonly player: number; readonly value: number }
  | { readonly kind: 'simulate' }
  | { readonly kind: 'depart'; readonly player: number };

const steps = (playerCount: number) => {
  const player = fc.nat({ max: playerCount - 1 });
  return fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('put'), player, value: fc.nat({ max: 2 }) }) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('simulate') }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('depart'), player }) },
    ),
    { maxLength: 200 },
  ) as fc.Arbitrary<Step[]>;
};

it('brings every row as the book has it, and names the first frame that was simulated with another', () => {
  const setup = fc
    .record({
      playerCount: fc.integer({ min: 1, max: 4 }),
      inputBytes: fc.integer({ min: 1, max: 8 }),
      predictor: fc.constantFrom(undefined, counting),
    })
    .chain((settings) => fc.tuple(fc.constant(settings), steps(settings.playerCount)));
  fc.assert(
    fc.property(setup, ([{ playerCount, inputBytes, predictor }, plan]) => {
      const queue = new InputQueue(playerCount, inputBytes, HISTORY_FRAMES, predictor);
      const model = new Model(playerCount, inputBytes, predictor);
      for (const step of plan) {
        const simulated = model.used.length;
        if (step.kind === 'put') {
          const inputs = model.known[step.player] ?? [];
          const gone = model.gone[step.player] ?? NO_FRAME;
          if (gone !== NO_FRAME || inputs.length > simulated + 20) continue;
          const input = Array.from({ length: inputBytes }, (_, i) => (step.value * (i + 1)) & 0xff);
          inputs.push(input);
          queue.put(step.player, Uint8Array.from([9, ...input, 9]), 1, simulated);
        } else if (step.kind === 'depart') {
          const last = (model.known[step.player]?.length ?? 0) - 1;
          if (model.gone[step.player] !== NO_FRAME) continue;
          model.gone[step.player] = last;
          queue.depart(step.player, last);
        } else {
          const wrong = model.used.findIndex((bytes, frame) => `${bytes}` !== `${model.row(frame).bytes}`);
          // A departure takes back what it can't know to be right: never less than what is wrong.
          if (wrong >= 0) expect(queue.firstWrong).toBeLessThanOrEqual(wrong);
          const from = Math.min(queue.firstWrong, simulated);
          queue.firstWrong = NO_FRAME;
          queue.rewind();
          for (let frame = from; frame <= simulated; frame++) {
            const { bytes, status } = model.row(frame);
            queue.load(frame);
            expect([...queue.row]).toEqual(bytes);
            expect([...queue.status]).toEqual(status);
            model.used[frame] = bytes;
          }
        }
      }
      const settled = Math.min(...model.known.map((inputs) => inputs.length));
      const out = new Uint8Array(settled * queue.rowBytes);
      expect(queue.copyRows(0, settled, out)).toBe(settled);
      for (let frame = 0; frame < settled; frame++)
        expect([...out.subarray(frame * queue.rowBytes, (frame + 1) * queue.rowBytes)]).toEqual(
          model.row(frame).bytes,
        );
    }),
    { numRuns: 300 },
  );
});

it('takes nothing back for a guess that was right', () => {
  const queue = new InputQueue(2, 2, HISTORY_FRAMES, undefined);
  for (let frame = 0; frame < 8; frame++) queue.load(frame);
  for (let frame = 0; frame < 5; frame++) queue.put(1, Uint8Array.of(0, 0), 0, 8);
  expect(queue.firstWrong).toBe(NO_FRAME);
  queue.put(1, Uint8Array.of(0, 1), 0, 8);
  expect(queue.firstWrong).toBe(5);
  // What comes after it was guessed before it was known: it is simulated again with it, right or wrong.
  queue.put(1, Uint8Array.of(0, 1), 0, 8);
  expect(queue.firstWrong).toBe(5);
});
