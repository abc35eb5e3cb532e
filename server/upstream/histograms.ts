import { build, type Histogram } from 'hdr-histogram-js';
import type { Clock } from '../clock';

/** Latencies and errors of one upstream over one protocol, in the last minute. Milliseconds. */
export interface LatencySummary {
  readonly calls: number;
  readonly errors: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

const SLICES = 6;
const SLICE_MS = 10_000;
/** Histograms count microseconds, up to a minute, to two digits: 8 KB each. */
const LONGEST_US = 60_000_000;

const histogram = (): Histogram =>
  build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: LONGEST_US,
    numberOfSignificantValueDigits: 2,
    autoResize: false,
  });

/** A sliding minute of latencies in slices of ten seconds; its size does not depend on how many calls there are. */
export class LatencyWindow {
  readonly #clock: Clock;
  readonly #slices = Array.from({ length: SLICES }, () => ({ id: -1, errors: 0, times: histogram() }));

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  record(ms: number, isError: boolean): void {
    const id = Math.floor(this.#clock.now() / SLICE_MS);
    const slice = this.#slices[((id % SLICES) + SLICES) % SLICES];
    if (!slice) return;
    if (slice.id !== id) {
      slice.id = id;
      slice.errors = 0;
      slice.times.reset();
    }
    slice.times.recordValue(Math.min(LONGEST_US, Math.max(1, Math.round(ms * 1_000))));
    if (isError) slice.errors += 1;
  }

  summary(): LatencySummary {
    const oldest = Math.floor(this.#clock.now() / SLICE_MS) - SLICES;
    const all = histogram();
    let errors = 0;
    for (const slice of this.#slices) {
      if (slice.id <= oldest) continue;
      all.add(slice.times);
      errors += slice.errors;
    }
    const at = (percentile: number) => all.getValueAtPercentile(percentile) / 1_000;
    return {
      calls: all.totalCount,
      errors,
      p50: at(50),
      p90: at(90),
      p95: at(95),
      p99: at(99),
      max: all.maxValue / 1_000,
    };
  }
}
