import { signedBytes } from '../../proto/input-signature';
import { COLUMN_BYTES_PER_FRAME, INPUT_SIGNATURE_BYTES } from '../../proto/signaling-limits';

/** A signature over a player's first `frames` inputs. */
export interface InputSignature {
  readonly frames: number;
  readonly signature: Uint8Array;
}

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** This page's key for one match; its private half never leaves the browser's keeping. */
export interface InputSigner {
  /** base64url of the raw point; undefined where the browser has no WebCrypto (a page without https). */
  readonly publicKey: Promise<string | undefined>;
  /** @param column this player's inputs from frame 0. @returns undefined where there is no key. */
  sign(column: Uint8Array): Promise<InputSignature | undefined>;
}

export function createInputSigner(sessionId: string, playerIndex: 1 | 2): InputSigner {
  const { subtle } = globalThis.crypto;
  const pair: Promise<CryptoKeyPair | undefined> =
    subtle === undefined
      ? Promise.resolve(undefined)
      : subtle.generateKey(KEY, false, ['sign', 'verify']).catch(() => undefined);
  return {
    publicKey: pair.then(async (keys) => {
      if (!keys) return undefined;
      return toBase64Url(new Uint8Array(await subtle.exportKey('raw', keys.publicKey)));
    }),
    async sign(column) {
      const bytes = signedBytes(sessionId, playerIndex, column);
      const keys = await pair;
      if (!keys) return undefined;
      const signature = new Uint8Array(await subtle.sign(SIGNING, keys.privateKey, bytes));
      return { frames: column.length / COLUMN_BYTES_PER_FRAME, signature };
    },
  };
}

/**
 * Whether one of the keys made a signature.
 * @param keys base64url of raw points
 * @param column the signer's inputs from frame 0 to the end of what is signed
 */
export async function isSigned(
  keys: readonly string[],
  sessionId: string,
  playerIndex: 1 | 2,
  column: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const { subtle } = globalThis.crypto;
  if (subtle === undefined) return true;
  const bytes = signedBytes(sessionId, playerIndex, column);
  for (const key of keys) {
    try {
      const imported = await subtle.importKey('raw', fromBase64Url(key), KEY, false, ['verify']);
      if (await subtle.verify(SIGNING, imported, signature.slice(), bytes)) return true;
    } catch {
      // What is no point of the curve has signed nothing.
    }
  }
  return false;
}

/** PEER-12: the number of frames as a little-endian uint32, then r and s. */
export function packSignature({ frames, signature }: InputSignature): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(4 + INPUT_SIGNATURE_BYTES);
  new DataView(message.buffer).setUint32(0, frames, true);
  message.set(signature, 4);
  return message;
}

export function readSignature(message: Uint8Array): InputSignature | undefined {
  if (message.length !== 4 + INPUT_SIGNATURE_BYTES) return undefined;
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  return { frames: view.getUint32(0, true), signature: message.slice(4) };
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
