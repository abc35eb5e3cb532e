import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Endpoint } from '../endpoints';

/** Where a service answers over HTTP. */
export interface HttpAddress {
  /** `http(s)://host:port`, without a path. */
  readonly origin: string;
  /** What comes before the service's own paths; without a slash at its end. */
  readonly basePath: string;
  /** Given where a name stands for several: the one that is connected to. */
  readonly ip?: string;
}

/** Entries of a list with commas. */
export const entriesOf = (list: string): string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** Every address of a name where it has several of one family; otherwise none, and the name itself is used. */
export async function severalOf(host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0 || host === 'localhost') return [];
  // A name that can't be resolved is left to whoever connects, and fails there with words of its own.
  const found = await lookup(host, { all: true }).catch(() => []);
  const families = [4, 6].map((family) => [
    ...new Set(found.filter((one) => one.family === family).map(({ address }) => address)),
  ]);
  return families.find((addresses) => addresses.length > 1) ?? [];
}

/** The address that a base URL stands for. */
export function httpAddress(url: string): HttpAddress {
  const { origin, pathname } = new URL(url);
  return { origin, basePath: pathname.replace(/\/+$/, '') };
}

/** The addresses that a list of base URLs stands for. */
export async function httpEndpoints(list: string): Promise<Endpoint<HttpAddress>[]> {
  const addresses = await Promise.all(
    entriesOf(list).map(async (entry): Promise<HttpAddress[]> => {
      const plain = httpAddress(entry);
      const several = await severalOf(new URL(entry).hostname);
      return several.length === 0 ? [plain] : several.map((ip) => ({ ...plain, ip }));
    }),
  );
  return addresses.flat().map((at) => ({ key: `${at.origin}${at.basePath} ${at.ip ?? ''}`, at }));
}
