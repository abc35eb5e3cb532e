/**
 * Checksum of a state in 32-bit words, fast enough to run on every simulated frame: four lanes that don't wait for
 * each other, mixed as in MurmurHash3. Any change of one word changes the result. Not for keeping secrets.
 * @returns an int32, which V8 passes around without allocating; `>>> 0` makes the uint32.
 */
export function hashWords(words: Int32Array): number {
  let a = 0x9e3779b1 | 0;
  let b = 0x85ebca77 | 0;
  let c = 0xc2b2ae3d | 0;
  let d = 0x27d4eb2f | 0;
  const whole = words.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    a = Math.imul(((a << 13) | (a >>> 19)) ^ (words[i] ?? 0), 0x01000193);
    b = Math.imul(((b << 13) | (b >>> 19)) ^ (words[i + 1] ?? 0), 0x01000193);
    c = Math.imul(((c << 13) | (c >>> 19)) ^ (words[i + 2] ?? 0), 0x01000193);
    d = Math.imul(((d << 13) | (d >>> 19)) ^ (words[i + 3] ?? 0), 0x01000193);
  }
  for (let i = whole; i < words.length; i++)
    a = Math.imul(((a << 13) | (a >>> 19)) ^ (words[i] ?? 0), 0x01000193);
  let hash = a ^ words.length;
  hash = finish(Math.imul(hash, 5) + b);
  hash = finish(Math.imul(hash, 5) + c);
  return finish(Math.imul(hash, 5) + d);
}

function finish(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
}
