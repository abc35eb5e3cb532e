import { isIP } from 'node:net';
import type { Endpoint } from '../../upstream/endpoints';
import { type Target, targetAt, targetKey } from '../../upstream/target';
import { entriesOf, severalOf } from '../../upstream/web/addresses';

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
