import type { Transport } from './turn/line';

/** One address of TURN_URLS, read as a browser reads it (RFC 7064, RFC 7065). */
export interface IceUrl {
  readonly url: string;
  readonly kind: 'stun' | 'turn';
  readonly host: string;
  readonly port: number;
  readonly transport: Transport;
}

const FORM =
  /^(?<scheme>stuns?|turns?):(?:\[(?<ipv6>[0-9a-f:.]+)\]|(?<host>[^:?[\]/]+))(?::(?<port>\d{1,5}))?(?:\?transport=(?<transport>udp|tcp))?$/i;

/** undefined for what no browser understands: a page with one such address gets no connection at all. */
export function readIceUrl(url: string): IceUrl | undefined {
  const found = FORM.exec(url)?.groups;
  const host = found?.ipv6 ?? found?.host;
  if (!found || host === undefined) return undefined;
  const scheme = (found.scheme ?? '').toLowerCase();
  const isSecure = scheme.endsWith('s');
  const port = Number(found.port ?? (isSecure ? 5349 : 3478));
  if (port < 1 || port > 65_535) return undefined;
  const wanted = found.transport?.toLowerCase() === 'tcp' ? 'tcp' : 'udp';
  return {
    ...{ url, host, port },
    kind: scheme.startsWith('stun') ? 'stun' : 'turn',
    transport: isSecure ? 'tls' : wanted,
  };
}
