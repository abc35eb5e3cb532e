/**
 * A line in which everybody has a fixed rank and some have gone: who is how far from the front, in O(log n). A Fenwick
 * tree of ones (still there) and zeros (gone).
 */
export class LineOrder {
  private tree = new Int32Array(64);
  private there = new Uint8Array(64);
  private ranks = 0;
  private remaining = 0;

  /** How many are there. */
  get size(): number {
    return this.remaining;
  }

  /** Puts somebody at the end; returns the rank. Ranks count from 0. */
  append(isThere: boolean): number {
    const at = this.ranks + 1;
    if (at >= this.tree.length) this.grow();
    // A new node covers the ranks (at − lowbit(at), at]: what stands before them is known already.
    const before = this.ahead(this.ranks) - this.ahead(at - (at & -at));
    this.tree[at] = before + (isThere ? 1 : 0);
    this.there[at] = isThere ? 1 : 0;
    this.ranks = at;
    if (isThere) this.remaining += 1;
    return at - 1;
  }

  /** Takes somebody out; who is out already stays so. */
  remove(rank: number): void {
    if (this.there[rank + 1] !== 1) return;
    this.there[rank + 1] = 0;
    this.remaining -= 1;
    for (let at = rank + 1; at <= this.ranks; at += at & -at) this.tree[at] = (this.tree[at] ?? 0) - 1;
  }

  /** How many are there among the first `ranks` ranks. */
  ahead(ranks: number): number {
    let sum = 0;
    for (let at = ranks; at > 0; at -= at & -at) sum += this.tree[at] ?? 0;
    return sum;
  }

  /** The rank of the nth that is there, from 1; undefined when there are fewer. */
  nth(n: number): number | undefined {
    if (n < 1 || n > this.remaining) return undefined;
    let at = 0;
    let left = n;
    for (let step = 1 << (31 - Math.clz32(this.ranks)); step > 0; step >>= 1) {
      const next = at + step;
      const here = next <= this.ranks ? (this.tree[next] ?? 0) : left;
      if (here >= left) continue;
      at = next;
      left -= here;
    }
    return at;
  }

  private grow(): void {
    const tree = new Int32Array(this.tree.length * 2);
    tree.set(this.tree);
    this.tree = tree;
    const there = new Uint8Array(this.there.length * 2);
    there.set(this.there);
    this.there = there;
  }
}
