import { loadConfig } from '../../../config';
import { createWebNeighbours, type WebNeighbours, type WebNeighboursOptions } from '../neighbours';

/** A log that is kept: each line with its level. */
export function keptLog(level: 'trace' | 'debug' = 'debug') {
  const lines: { readonly level: string; readonly fields: object; readonly text: string }[] = [];
  const at = (name: string) => (fields: object, text: string) =>
    void lines.push({ level: name, fields, text });
  return {
    lines,
    log: {
      trace: at('trace'),
      debug: at('debug'),
      warn: at('warn'),
      isLevelEnabled: (name: string) => name !== 'trace' || level === 'trace',
    },
  };
}

export type KeptLog = ReturnType<typeof keptLog>;

/** Neighbours at an address, as a configuration has them; random is always in the middle. */
export function neighboursAt(
  address: string | (() => string),
  env: Readonly<Record<string, string>> = {},
  more: Partial<WebNeighboursOptions> & { readonly kept?: KeptLog } = {},
): WebNeighbours {
  const { kept = keptLog(), ...options } = more;
  const at = typeof address === 'string' ? () => address : address;
  return createWebNeighbours({
    config: loadConfig(env),
    log: kept.log,
    addresses: { rule_engine: at, ai_gm: at },
    random: () => 0.5,
    ...options,
  });
}

export const ALLOWED = { session_id: 's', allowed: true, reason: null, message: null };
export const QUESTION = { session_id: 's', action_type: 'fight' };

/** What a call ended with, as HTTP tells it. */
export async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Resolves when something holds; real time passes meanwhile. */
export async function until(holds: () => boolean, withinMs = 5_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error('It never came to hold.');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
