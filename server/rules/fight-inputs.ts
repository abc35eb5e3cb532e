const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of a base64 text; undefined for what is none (Node itself skips what it does not know). */
export function bytesOf(base64: string): Uint8Array | undefined {
  return BASE64.test(base64) ? Buffer.from(base64, 'base64') : undefined;
}

/** The bytes of a base64 text that was looked at before. @throws {RangeError} for what is none */
export function inputBytes(base64: string): Uint8Array {
  const bytes = bytesOf(base64);
  if (!bytes) throw new RangeError('the inputs are not base64');
  return bytes;
}
