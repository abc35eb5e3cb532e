import type { Desk } from './instruments';

/** What was started and stopped at a desk, and at what pitch it began; how loud each gain was, point by point. */
export interface TestDesk {
  readonly desk: Desk;
  readonly tones: readonly { readonly pitchHz: number; readonly startS: number; readonly stopS: number }[];
  readonly gains: readonly (readonly number[])[];
}

/** A desk for tests in Node, which has no Web Audio: nothing sounds, everything is written down. */
export function createTestDesk(nowS = 3): TestDesk {
  const tones: { pitchHz: number; startS: number; stopS: number }[] = [];
  const gains: number[][] = [];
  const param = (points: number[] = []) => ({
    points,
    setValueAtTime: (value: number) => points.push(value),
    exponentialRampToValueAtTime(value: number) {
      if (!(value > 0)) throw new RangeError(`An exponential ramp can't reach ${value}.`);
      points.push(value);
    },
  });
  const source = () => {
    const frequency = param();
    const tone = { pitchHz: 0, startS: 0, stopS: Number.POSITIVE_INFINITY };
    return {
      frequency,
      connect() {},
      start(atS: number) {
        tone.startS = atS;
        tone.pitchHz = frequency.points[0] ?? 0;
        tones.push(tone);
      },
      stop(atS: number) {
        tone.stopS = atS;
      },
    };
  };
  const ctx = {
    currentTime: nowS,
    createOscillator: source,
    createBufferSource: source,
    createBiquadFilter: () => ({ Q: {}, frequency: param(), connect() {} }),
    createGain() {
      const gain = param();
      gains.push(gain.points);
      return { gain, connect() {} };
    },
  };
  // Only what the instruments use is there; its type can't say so.
  return { desk: { ctx, out: {}, noise: {} } as unknown as Desk, tones, gains };
}
