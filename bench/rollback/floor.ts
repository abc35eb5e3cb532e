import { type Contestant, createSimulation, DEPTH, type HashCount, inputOf } from './simulation';

const SLOTS = 16;

/** What rollback costs when it is written by hand for exactly this case: copies, steps, and so many hashes. */
export function createFloor(stateBytes: number, hashes: HashCount): Contestant {
  const simulation = createSimulation(stateBytes);
  const { bytes } = simulation;
  const snapshots = Array.from({ length: SLOTS }, () => new Uint8Array(stateBytes));
  const checksums = new Uint32Array(SLOTS);
  const hashesAll = hashes > 1;
  const hashesConfirmed = hashes > 0;

  function simulate(frame: number, known: number): void {
    // The state that was just restored is kept already.
    if (frame !== known) snapshots[frame % SLOTS]?.set(bytes);
    simulation.step(inputOf(0, frame), inputOf(1, Math.min(frame, known)));
    if (hashesAll || (hashesConfirmed && frame === known)) checksums[frame % SLOTS] = simulation.hash();
  }

  return {
    name: 'floor',
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
