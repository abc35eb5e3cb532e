/** What packets tell about the way to one peer: round trip, its deviation, and loss. Milliseconds. */
export class LinkQuality {
  pingMs = 0;
  jitterMs = 0;
  loss = 0;
  #hasPing = false;
  #newestSequence = -1;
  #expected = 0;
  #arrived = 0;

  /** Takes one round trip (RFC 6298's smoothing). */
  addPing(ms: number): void {
    if (!this.#hasPing) {
      this.#hasPing = true;
      this.pingMs = ms;
      this.jitterMs = ms / 8;
      return;
    }
    this.jitterMs += (Math.abs(ms - this.pingMs) - this.jitterMs) / 4;
    this.pingMs += (ms - this.pingMs) / 8;
  }

  /**
   * Takes the 8-bit sequence number of an arrived packet; gaps are losses until late packets fill them.
   * @returns whether the packet is newer than all before it.
   */
  addSequence(sequence: number): boolean {
    if (this.#newestSequence < 0) this.#newestSequence = (sequence - 1) & 0xff;
    const step = ((sequence - this.#newestSequence) << 24) >> 24;
    this.#arrived += 1;
    if (step > 0) {
      this.#expected += step;
      this.#newestSequence = sequence;
    }
    if (this.#expected >= 120) {
      const share = 1 - Math.min(this.#arrived / this.#expected, 1);
      this.loss += (share - this.loss) / 2;
      this.#expected = 0;
      this.#arrived = 0;
    }
    return step > 0;
  }
}
