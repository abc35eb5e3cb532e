import { randomUUID } from 'node:crypto';
import { type Client, OpenFeature, ProviderEvents } from '@openfeature/server-sdk';
import type { Clock } from '../clock';
import type { Db } from '../db/client';
import { SHARES, type ShareKey, SWITCHES, type SwitchKey } from './flags';
import { FlagTableProvider } from './provider';

/** Of a number in force now, and which of its versions that is. */
export interface NumberInForce {
  readonly value: number;
  /** Grows with each change. */
  readonly version: number;
}

/** Numbers and switches that admins set, asked for at every call: read from memory, a change is there within a second. */
export interface NumberFlags {
  get(key: ShareKey): NumberInForce;
  isOn(key: SwitchKey): boolean;
  /** Called when any of them may have changed. */
  onChange(listener: () => void): () => void;
  /** Reads the table at once: who has just set a flag need not wait. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the flags of a database through OpenFeature.
 * @param db its `Flag` table is read every 400 ms
 */
export async function openNumberFlags(
  db: Pick<Db, 'flag'>,
  options: { readonly clock?: Clock; readonly pollMs?: number } = {},
): Promise<NumberFlags> {
  // OpenFeature keeps one provider a domain, and what is opened twice has two.
  const domain = `arcade ${randomUUID()}`;
  const provider = new FlagTableProvider(db, options);
  const inForce = new Map<string, NumberInForce>();
  const switches = new Map<string, boolean>();
  const listeners = new Set<() => void>();
  await OpenFeature.setProviderAndWait(domain, provider);
  const client: Client = OpenFeature.getClient(domain);

  async function evaluate(): Promise<void> {
    for (const [key, { otherwise }] of Object.entries(SHARES)) {
      const version = provider.version(key);
      const value = await client.getNumberValue(key, otherwise);
      inForce.set(key, { value, version });
    }
    for (const [key, { otherwise }] of Object.entries(SWITCHES))
      switches.set(key, await client.getBooleanValue(key, otherwise));
    for (const listener of listeners) listener();
  }
  let evaluating = evaluate();
  const again = () => {
    evaluating = evaluating.then(evaluate);
  };
  client.addHandler(ProviderEvents.ConfigurationChanged, again);
  await evaluating;

  return {
    get: (key) => inForce.get(key) ?? { value: SHARES[key].otherwise, version: 0 },
    isOn: (key) => switches.get(key) ?? SWITCHES[key].otherwise,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async refresh() {
      await provider.refresh();
      await evaluating;
    },
    async close() {
      client.removeHandler(ProviderEvents.ConfigurationChanged, again);
      listeners.clear();
      await provider.onClose();
      await evaluating;
    },
  };
}
