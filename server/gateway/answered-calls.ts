import { type Clock, systemClock } from '../clock';
import { CallRecord } from '../upstream/call-record';
import { LatencyWindow } from '../upstream/histograms';
import type { BoardWay } from '../upstream/service-board';

/** What the gateway answered over one protocol, for the board of services (HEALTH-9). */
export class AnsweredCalls {
  readonly #protocol: string;
  readonly #latency: LatencyWindow;
  readonly #record: CallRecord;
  #active = 0;

  constructor(protocol: 'http' | 'grpc', clock: Clock = systemClock) {
    this.#protocol = protocol;
    this.#latency = new LatencyWindow(clock);
    this.#record = new CallRecord(clock);
  }

  began(): void {
    this.#active += 1;
  }

  /** @param fault what went wrong on our side; what a caller did wrong is an answer like any other */
  ended(ms: number, fault?: { readonly code: string; readonly message: string }): void {
    this.#active -= 1;
    this.#latency.record(ms, fault !== undefined);
    if (fault) this.#record.failed(fault.code, fault.message);
    else this.#record.succeeded();
  }

  board(): BoardWay {
    return {
      ...{ service: 'gateway', protocol: this.#protocol, breaker: null, closedForMs: 0 },
      ...{ ...this.#latency.summary(), active: this.#active, waiting: 0 },
      ...this.#record.hour(),
    };
  }
}
