import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Config } from '../config';
import type { Handler } from './router';

type PolicyConfig = Pick<Config, 'SIGNALING_URL' | 'NODE_ENV'>;

/** @param nonce of the inline scripts that may run, if any */
function contentPolicy({ SIGNALING_URL, NODE_ENV }: PolicyConfig, nonce?: string): string {
  const signaling = SIGNALING_URL ? new URL(SIGNALING_URL) : undefined;
  const connect = ["'self'"];
  if (signaling) connect.push(signaling.origin, signaling.origin.replace(/^http/, 'ws'));
  const isDevelopment = NODE_ENV === 'development';
  return [
    "default-src 'self'",
    // The training kernels are WebAssembly.
    `script-src 'self'${nonce ? ` 'nonce-${nonce}'` : ''} 'wasm-unsafe-eval'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // Style attributes, which React and Radix write, have no nonce.
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

/**
 * Lets the inline scripts of Next's pages run, which carry their data, and no others: each answer has a nonce of its own.
 * Next takes it from this header of the request, where a client's own would be believed: it is replaced.
 */
export function withNonce(config: PolicyConfig, pages: Handler): Handler {
  return async (req, res, params) => {
    const policy = contentPolicy(config, randomBytes(16).toString('base64'));
    req.headers['content-security-policy'] = policy;
    delete req.headers['content-security-policy-report-only'];
    res.setHeader('content-security-policy', policy);
    await pages(req, res, params);
  };
}
