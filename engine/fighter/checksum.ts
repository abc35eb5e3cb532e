import { CHARACTERS } from './characters/roster';
import { RULES_VERSION } from './rules';

/** One round of MurmurHash3's word mixing (Austin Appleby, public domain). */
function mix(hash: number, word: number, multiplier: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  const h = hash ^ Math.imul(k, 0x1b873593);
  return (Math.imul((h << 13) | (h >>> 19), multiplier) + 0xe6546b64) | 0;
}

/** MurmurHash3's finalizer: each input bit flips each output bit with probability near one half. */
function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** uint32 digest of a state. Two lanes, so that the multiplications overlap. Not cryptographic. */
export function checksum(state: Int32Array): number {
  let even = 0x9747b28c;
  let odd = 0x3c6ef372;
  const last = state.length - 1;
  let i = 0;
  for (; i < last; i += 2) {
    even = mix(even, state[i] ?? 0, 5);
    odd = mix(odd, state[i + 1] ?? 0, 9);
  }
  if (i === last) even = mix(even, state[i] ?? 0, 5);
  return finish(mix(even, odd, 5) ^ state.length);
}

let digest = '';

/** What things are called changes no match. */
const NAMES: ReadonlySet<string> = new Set(['slug', 'archetype']);

function rulesOnly(key: string, value: unknown): unknown {
  // A character's id is a number of the state, a move's a name.
  return NAMES.has(key) || (key === 'id' && typeof value === 'string') ? undefined : value;
}

/** What the engine's digest is taken of. */
export function digestText(): string {
  return JSON.stringify([RULES_VERSION, CHARACTERS], rulesOnly);
}

/** 8 hex digits that name the rules and every character's numbers: equal digests simulate equal matches. */
export function engineDigest(): string {
  if (digest === '') {
    const text = digestText();
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i += 1) hash = mix(hash, text.charCodeAt(i), 5);
    digest = finish(hash ^ text.length)
      .toString(16)
      .padStart(8, '0');
  }
  return digest;
}
