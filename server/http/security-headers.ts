import type { ServerResponse } from 'node:http';
import type { Config } from '../config';

function contentPolicy({ SIGNALING_URL, NODE_ENV }: Pick<Config, 'SIGNALING_URL' | 'NODE_ENV'>): string {
  const signaling = SIGNALING_URL ? new URL(SIGNALING_URL) : undefined;
  const connect = ["'self'"];
  if (signaling) connect.push(signaling.origin, signaling.origin.replace(/^http/, 'ws'));
  const isDevelopment = NODE_ENV === 'development';
  return [
    "default-src 'self'",
    // Next writes its page data as inline scripts; the training kernels are WebAssembly.
    `script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    `connect-src ${connect.join(' ')}${isDevelopment ? ' ws:' : ''}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The headers that every answer to a browser carries. */
export function securityHeaders(
  config: Pick<Config, 'SIGNALING_URL' | 'NODE_ENV' | 'NEXTAUTH_URL'>,
): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentPolicy(config),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), gamepad=(self), fullscreen=(self)',
    ...(config.NEXTAUTH_URL?.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/** Sets them before any handler writes its own, which then win. */
export function applyHeaders(res: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
}
