/**
 * Bytes of a message. Socket.io brings them as what the platform has (an ArrayBuffer in a browser, a Buffer in Node), and the
 * parser for msgpack writes a Uint8Array in a browser as a map of numbers.
 */

/** Makes a Uint8Array of every ArrayBuffer of a message that came, in place. */
export function bringBytes(message: unknown): void {
  if (typeof message !== 'object' || message === null || ArrayBuffer.isView(message)) return;
  for (const [name, part] of Object.entries(message)) {
    if (part instanceof ArrayBuffer) Reflect.set(message, name, new Uint8Array(part));
    else bringBytes(part);
  }
}

/** A copy of what goes out, with every Uint8Array as an ArrayBuffer of just its bytes. */
export function packBytes(message: unknown): unknown {
  if (typeof message !== 'object' || message === null) return message;
  if (message instanceof Uint8Array) return message.slice().buffer;
  if (Array.isArray(message)) return message.map(packBytes);
  return Object.fromEntries(Object.entries(message).map(([name, part]) => [name, packBytes(part)]));
}
