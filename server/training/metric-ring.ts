/** The latest `capacity` items of a growing sequence, each known by its place in it, from 0. */
export interface Ring<T> {
  /** Items ever added; the place that the next one gets. */
  readonly length: number;
  add(item: T): void;
  /** The item in a place, or undefined when it was overwritten or is yet to come. */
  get(place: number): T | undefined;
  /** The oldest place that is still held. */
  readonly oldest: number;
}

export function createRing<T>(capacity: number): Ring<T> {
  const items: T[] = [];
  let length = 0;
  return {
    get length() {
      return length;
    },
    get oldest() {
      return Math.max(0, length - capacity);
    },
    add(item) {
      items[length % capacity] = item;
      length += 1;
    },
    get(place) {
      return place >= length - capacity && place < length ? items[place % capacity] : undefined;
    },
  };
}
