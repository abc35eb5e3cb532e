/**
 * How many frames a millisecond the fighter simulates, against copying and digesting its state, and proof that a
 * frame allocates nothing. Run: `npx tsx bench/fighter/step.ts` (with `NODE_OPTIONS=--expose-gc` for steadier heaps).
 */
import { checksum } from '../../engine/fighter/checksum';
import { isMatchOver } from '../../engine/fighter/outcome';
import { createState, STATE_WORDS } from '../../engine/fighter/state';
import { step } from '../../engine/fighter/step';

const FRAMES = 400_000;
/** Growth of the heap that still counts as nothing: a number boxed each frame would be 16 bytes. */
const MAX_BYTES_A_FRAME = 1;

const fresh = createState({ seed: 1, characters: [1, 2] });
const state = new Int32Array(fresh);
const masks = new Uint16Array(4096);
let word = 1;
for (let i = 0; i < masks.length; i += 1) {
  if (i % 4 < 2) word = (Math.imul(word, 1664525) + 1013904223) | 0;
  masks[i] = word >>> 20;
}

function simulate(frames: number): void {
  for (let i = 0; i < frames; i += 1) {
    step(state, masks[i & 4095] ?? 0, masks[(i * 3 + 77) & 4095] ?? 0);
    if (isMatchOver(state)) state.set(fresh);
  }
}

const snapshots = new Int32Array(STATE_WORDS * 16);
let sink = 0;
function saveAndDigest(frames: number): void {
  for (let i = 0; i < frames; i += 1) {
    snapshots.set(state, (i & 15) * STATE_WORDS);
    sink ^= checksum(state);
  }
}

function framesPerMs(run: (frames: number) => void): number {
  run(FRAMES / 4);
  const start = performance.now();
  run(FRAMES);
  return FRAMES / (performance.now() - start);
}

const stepped = framesPerMs(simulate);
const saved = framesPerMs(saveAndDigest);
const before = process.memoryUsage().heapUsed;
simulate(FRAMES);
const bytes = (process.memoryUsage().heapUsed - before) / FRAMES;

console.log(`step               ${stepped.toFixed(0)} frames/ms`);
console.log(
  `snapshot, checksum ${saved.toFixed(0)} frames/ms (${(saved / stepped).toFixed(1)} times as many)`,
);
console.log(`rollback of 8      ${(8 / stepped + 8 / saved).toFixed(4)} ms of the 16.7 a frame has`);
console.log(`heap growth        ${bytes.toFixed(3)} bytes a frame`);
if (sink === 0x7fffffff) console.log(sink);
if (bytes > MAX_BYTES_A_FRAME) {
  console.error(`a frame allocates: more than ${MAX_BYTES_A_FRAME} byte`);
  process.exitCode = 1;
}
