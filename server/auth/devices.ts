import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';
import { authSecret, deriveKey } from './secrets';

/**
 * A device cookie (OWASP, "Slow down online guessing attacks with device cookies"): a random id, and a signature
 * for each account that has logged in from here, `<id>.<signature>…`. It opens nothing; whoever shows it is only
 * counted apart from strangers who guess at the account.
 */
const NAME = 'arcade-device';
const SECURE_NAME = `__Host-${NAME}`;
const MAX_AGE_SECONDS = 365 * 24 * 60 * 60;
/** Accounts that a browser is known for; the oldest leaves first. */
const MAX_ACCOUNTS = 4;
const FORM = /^([\w-]{22})((?:\.[\w-]{22}){1,4})$/;

function sign(id: string, playerId: string): string {
  const key = deriveKey(authSecret(), 'device cookie');
  // 128 bits are plenty for what it is worth.
  return createHmac('sha256', key).update(`${id}\n${playerId}`).digest('base64url').slice(0, 22);
}

function read(cookieHeader: string | undefined): { id: string; signatures: string[] } | undefined {
  const cookies = parseCookie(cookieHeader ?? '');
  const [, id, signatures] = FORM.exec(cookies[SECURE_NAME] ?? cookies[NAME] ?? '') ?? [];
  if (id === undefined || signatures === undefined) return undefined;
  return { id, signatures: signatures.slice(1).split('.') };
}

/** The device's id if this account has logged in from it before; else undefined. */
export function knownDevice(cookieHeader: string | undefined, playerId: string): string | undefined {
  const device = read(cookieHeader);
  if (!device) return undefined;
  const expected = Buffer.from(sign(device.id, playerId));
  const isKnown = device.signatures.some((signature) => timingSafeEqual(Buffer.from(signature), expected));
  return isKnown ? device.id : undefined;
}

/** The `Set-Cookie` line with which the device is known for this account from now on, beside those it was known for. */
export function deviceCookie(cookieHeader: string | undefined, playerId: string, isSecure: boolean): string {
  const { id, signatures } = read(cookieHeader) ?? {
    id: randomBytes(16).toString('base64url'),
    signatures: [],
  };
  const own = sign(id, playerId);
  const others = signatures.filter((signature) => signature !== own).slice(1 - MAX_ACCOUNTS);
  return stringifySetCookie({
    name: isSecure ? SECURE_NAME : NAME,
    value: [id, ...others, own].join('.'),
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    maxAge: MAX_AGE_SECONDS,
  });
}
