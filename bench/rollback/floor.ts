import { type Contestant, createSimulation, DEPTH, inputOf } from './simulation';

const SLOTS = 16;

/** What rollback costs when it is written by hand for exactly this case: copies, steps, and hashes if wanted. */
export function createFloor(stateBytes: number, hashes: boolean): Contestant {
  const simulation = createSimulation(stateBytes);
  const { bytes } = simulation;
  const snapshots = Array.from({ length: SLOTS }, () => new Uint8Array(stateBytes));
  const checksums = new Uint32Array(SLOTS);

  function simulate(frame: number, known: number): void {
    snapshots[frame % SLOTS]?.set(bytes);
    simulation.step(inputOf(0, frame), inputOf(1, Math.min(frame, known)));
    if (hashes) checksums[frame % SLOTS] = simulation.hash();
  }

  return {
    name: hashes ? 'floor, hashing' : 'floor',
    simulation,
    tick(frame) {
      const known = frame - DEPTH;
      const from = Math.max(known, 0);
      if (from < frame) {
        const kept = snapshots[from % SLOTS];
        if (kept !== undefined) bytes.set(kept);
        for (let again = from; again < frame; again++) simulate(again, known);
      }
      simulate(frame, known);
    },
  };
}
