import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Cluster } from './cluster';

/** What a node says of its entries: what is otherwise, or all of them. */
const said = z.object({
  isWhole: z.boolean(),
  puts: z.array(z.tuple([z.string(), z.unknown()])),
  dels: z.array(z.string()),
});

/** A node that joins waits at most so long for what the others have. */
const JOIN_MS = 2_000;

export interface SharedMapOptions<V> {
  readonly cluster: Cluster;
  /** Names it among the nodes. */
  readonly name: string;
  readonly schema: z.ZodType<V>;
  /**
   * What another node says of a key is otherwise; undefined: nothing. The map has it already.
   * @param isGone it says nothing because it is gone
   */
  changed(key: string, nodeId: string, after: V | undefined, before: V | undefined, isGone: boolean): void;
}

/** One node's entry. */
export interface Entry<V> {
  readonly nodeId: string;
  readonly value: V;
}

/**
 * A map of which each node writes its own part and all read everybody's: changes are told as they come, and the whole part to
 * who joins or was cut off. What a node had goes with it.
 */
export class SharedMap<V> {
  readonly #options: SharedMapOptions<V>;
  readonly #own: string;
  readonly #parts = new Map<string, Map<string, V>>();
  readonly #waiting = new Set<string>();
  /** Resolves when what the others had when this one joined is here. */
  readonly ready: Promise<void>;
  #isReady = () => {};

  constructor(options: SharedMapOptions<V>) {
    this.#options = options;
    const { nodes, bus } = options.cluster;
    this.#own = nodes.own;
    this.#parts.set(this.#own, new Map());
    bus.hear(this.#topic, (data, from) => this.#hear(data, from));
    bus.hear(this.#hello, (_data, from) => this.#tellWhole(from));
    nodes.onGone((nodeId) => this.#drop(nodeId));
    nodes.onMended(() => {
      this.#tellWhole();
      bus.tellAll(this.#hello, null);
    });
    for (const nodeId of nodes.others()) this.#waiting.add(nodeId);
    this.ready = this.#waiting.size > 0 ? this.#join() : Promise.resolve();
  }

  /** This node's entry of a key. */
  set(key: string, value: V): void {
    const part = this.#part(this.#own);
    if (isDeepStrictEqual(part.get(key), value)) return;
    part.set(key, value);
    this.#tell({ isWhole: false, puts: [[key, value]], dels: [] });
  }

  delete(key: string): void {
    if (this.#part(this.#own).delete(key)) this.#tell({ isWhole: false, puts: [], dels: [key] });
  }

  /** What each node says of a key. */
  entries(key: string): Entry<V>[] {
    const found: Entry<V>[] = [];
    for (const [nodeId, part] of this.#parts) {
      const value = part.get(key);
      if (value !== undefined) found.push({ nodeId, value });
    }
    return found;
  }

  /** What the others say of a key. */
  elsewhere(key: string): Entry<V>[] {
    if (this.#parts.size === 1) return [];
    return this.entries(key).filter(({ nodeId }) => nodeId !== this.#own);
  }

  get #topic(): string {
    return `map:${this.#options.name}`;
  }

  get #hello(): string {
    return `hello:${this.#options.name}`;
  }

  #part(nodeId: string): Map<string, V> {
    const part = this.#parts.get(nodeId) ?? new Map<string, V>();
    this.#parts.set(nodeId, part);
    return part;
  }

  async #join(): Promise<void> {
    this.#options.cluster.bus.tellAll(this.#hello, null);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, JOIN_MS);
      this.#isReady = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #tell(change: z.infer<typeof said>): void {
    this.#options.cluster.bus.tellAll(this.#topic, change);
  }

  #tellWhole(to?: string): void {
    const { bus } = this.#options.cluster;
    const whole = { isWhole: true, puts: [...this.#part(this.#own)], dels: [] };
    if (to === undefined) bus.tellAll(this.#topic, whole);
    else bus.tell(to, this.#topic, whole);
  }

  #hear(data: unknown, from: string): void {
    const { isWhole, puts, dels } = said.parse(data);
    const part = this.#part(from);
    const left = new Set(isWhole ? part.keys() : dels);
    for (const [key, raw] of puts) {
      left.delete(key);
      this.#change(from, part, key, this.#options.schema.parse(raw));
    }
    for (const key of left) this.#change(from, part, key, undefined);
    if (isWhole && this.#waiting.delete(from) && this.#waiting.size === 0) this.#isReady();
  }

  #change(nodeId: string, part: Map<string, V>, key: string, after: V | undefined): void {
    const before = part.get(key);
    if (isDeepStrictEqual(before, after)) return;
    if (after === undefined) part.delete(key);
    else part.set(key, after);
    this.#options.changed(key, nodeId, after, before, false);
  }

  #drop(nodeId: string): void {
    const part = this.#parts.get(nodeId);
    if (!part) return;
    this.#parts.delete(nodeId);
    for (const [key, before] of part) this.#options.changed(key, nodeId, undefined, before, true);
    if (this.#waiting.delete(nodeId) && this.#waiting.size === 0) this.#isReady();
  }
}
