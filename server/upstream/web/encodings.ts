import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

/** Nobody asks for these; a service that compresses whatever it says is understood all the same. */
const DECODERS: Readonly<
  Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>
> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** An answer is compressed in a way that nobody here reads, or not what it says, or unpacks into too much. */
export class UnreadableEncoding extends Error {
  override readonly name = 'UnreadableEncoding';
}

/**
 * The text of an answer.
 * @param mostBytes it may unpack into
 * @throws {UnreadableEncoding}
 */
export async function decoded(
  bytes: Buffer,
  encoding: string | string[] | undefined,
  mostBytes: number,
): Promise<string> {
  const name = String(encoding ?? 'identity')
    .trim()
    .toLowerCase();
  if (name === 'identity' || name === '') return bytes.toString('utf8');
  const decode = Object.hasOwn(DECODERS, name) ? DECODERS[name] : undefined;
  if (!decode) throw new UnreadableEncoding('The answer is compressed in an unknown way.');
  try {
    return (await decode(bytes, { maxOutputLength: mostBytes })).toString('utf8');
  } catch (error) {
    throw new UnreadableEncoding('The answer can’t be unpacked.', { cause: error });
  }
}
