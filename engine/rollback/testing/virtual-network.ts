import type { Transport } from '../types';
import { seededFraction } from './random';

/** What one direction of a link does to datagrams. Milliseconds and shares from 0 to 1. */
export interface LinkProfile {
  readonly latencyMs: number;
  /** Each datagram is early or late by up to this much, so datagrams overtake each other. */
  readonly jitterMs?: number;
  readonly loss?: number;
  /** Share of datagrams that begin a burst in which everything is lost. */
  readonly bursts?: number;
  readonly burstMs?: number;
  readonly duplication?: number;
  /** Share of datagrams that arrive with some bytes changed, cut or appended to. */
  readonly damage?: number;
}

/** What a link did. */
export interface LinkStatistics {
  sent: number;
  bytes: number;
  lost: number;
  duplicated: number;
  reordered: number;
  damaged: number;
}

interface Datagram {
  readonly atMs: number;
  readonly order: number;
  readonly bytes: Uint8Array;
}

/** Datagrams between peers in virtual time: nothing moves unless `nowMs` does, and a seed decides everything. */
export class VirtualNetwork {
  nowMs = 0;
  readonly statistics: LinkStatistics = {
    sent: 0,
    bytes: 0,
    lost: 0,
    duplicated: 0,
    reordered: 0,
    damaged: 0,
  };
  readonly #random: () => number;
  readonly #outages: { fromMs: number; toMs: number }[] = [];

  constructor(seed: number) {
    this.#random = seededFraction(seed);
  }

  /** Loses everything that is sent from `fromMs` on and before `toMs`. */
  partition(fromMs: number, toMs: number): void {
    this.#outages.push({ fromMs, toMs });
  }

  /** Two ends of a link. The second profile is the way back; without it both ways are alike. */
  link(there: LinkProfile, back: LinkProfile = there): [Transport, Transport] {
    const toB: Datagram[] = [];
    const toA: Datagram[] = [];
    return [this.#end(there, toB, toA), this.#end(back, toA, toB)];
  }

  #end(profile: LinkProfile, outbox: Datagram[], inbox: Datagram[]): Transport {
    let order = 0;
    let newest = -1;
    let burstUntilMs = -1;
    const post = (bytes: Uint8Array) => {
      const jitter = (this.#random() * 2 - 1) * (profile.jitterMs ?? 0);
      const datagram = { atMs: this.nowMs + Math.max(profile.latencyMs + jitter, 0), order: order++, bytes };
      let at = outbox.length;
      while (at > 0 && (outbox[at - 1]?.atMs ?? 0) > datagram.atMs) at--;
      outbox.splice(at, 0, datagram);
    };
    return {
      send: (bytes) => {
        this.statistics.sent += 1;
        this.statistics.bytes += bytes.length;
        if (this.#random() < (profile.bursts ?? 0)) burstUntilMs = this.nowMs + (profile.burstMs ?? 100);
        const isCut = this.#outages.some((outage) => this.nowMs >= outage.fromMs && this.nowMs < outage.toMs);
        if (isCut || this.nowMs < burstUntilMs || this.#random() < (profile.loss ?? 0)) {
          this.statistics.lost += 1;
          return;
        }
        post(this.#random() < (profile.damage ?? 0) ? this.#damage(bytes) : bytes.slice());
        if (this.#random() < (profile.duplication ?? 0)) {
          this.statistics.duplicated += 1;
          post(bytes.slice());
        }
      },
      receive: () => {
        const first = inbox[0];
        if (first === undefined || first.atMs > this.nowMs) return undefined;
        inbox.shift();
        if (first.order < newest) this.statistics.reordered += 1;
        else newest = first.order;
        return first.bytes;
      },
    };
  }

  #damage(bytes: Uint8Array): Uint8Array {
    this.statistics.damaged += 1;
    const length = Math.max(0, bytes.length + Math.floor(this.#random() * 5) - 2);
    const damaged = new Uint8Array(length);
    damaged.set(bytes.subarray(0, length));
    const flips = 1 + Math.floor(this.#random() * 3);
    for (let i = 0; i < flips && length > 0; i++) {
      const at = Math.floor(this.#random() * length);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << Math.floor(this.#random() * 8));
    }
    return damaged;
  }
}
