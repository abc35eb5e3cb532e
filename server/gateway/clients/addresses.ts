import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Endpoint } from '../../upstream/endpoints';
import { type Target, targetAt, targetKey } from '../../upstream/target';

/** Where a service answers over HTTP. */
export interface HttpAddress {
  /** `http(s)://host:port`, without a path. */
  readonly origin: string;
  /** What comes before the shape's own paths; without a slash at its end. */
  readonly basePath: string;
  /** Given where a name stands for several: the one that is connected to. */
  readonly ip?: string;
}

/** Entries of a list with commas. */
const entriesOf = (list: string): string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** Every address of a name where it has several of one family; otherwise none, and the name itself is used. */
async function severalOf(host: string): Promise<readonly string[]> {
  if (isIP(host) !== 0 || host === 'localhost') return [];
  // A name that can't be resolved is left to whoever connects, and fails there with words of its own.
  const found = await lookup(host, { all: true }).catch(() => []);
  const families = [4, 6].map((family) => [
    ...new Set(found.filter((one) => one.family === family).map(({ address }) => address)),
  ]);
  return families.find((addresses) => addresses.length > 1) ?? [];
}

const bracketed = (ip: string): string => (isIP(ip) === 6 ? `[${ip}]` : ip);

/** The targets that a list of `host:port` stands for. */
export async function grpcEndpoints(list: string, useTls: boolean): Promise<Endpoint<Target>[]> {
  const targets = await Promise.all(
    entriesOf(list).map(async (entry): Promise<Target[]> => {
      const end = entry.lastIndexOf(':');
      const [host, port] = [entry.slice(0, end), entry.slice(end + 1)];
      const several = await severalOf(host);
      if (several.length === 0) return [targetAt(entry, useTls)];
      const { tls } = targetAt(entry, useTls);
      return several.map((ip) => ({ address: `${bracketed(ip)}:${port}`, tls, host }));
    }),
  );
  return targets.flat().map((at) => ({ key: targetKey(at), at }));
}

/** The addresses that a list of base URLs stands for. */
export async function httpEndpoints(list: string): Promise<Endpoint<HttpAddress>[]> {
  const addresses = await Promise.all(
    entriesOf(list).map(async (entry): Promise<HttpAddress[]> => {
      const { origin, pathname, hostname } = new URL(entry);
      const plain: HttpAddress = { origin, basePath: pathname.replace(/\/+$/, '') };
      const several = await severalOf(hostname);
      return several.length === 0 ? [plain] : several.map((ip) => ({ ...plain, ip }));
    }),
  );
  return addresses.flat().map((at) => ({ key: `${at.origin}${at.basePath} ${at.ip ?? ''}`, at }));
}
