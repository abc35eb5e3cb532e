/** True for an address of this machine itself: `127.0.0.0/8`, `::1`, and the first mapped into IPv6. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').replace(/^::ffff:/i, '');
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
}

/** True for a listening address that covers every interface, loopback included. */
export function isWildcardHost(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '[::]';
}

/** The host of `host:port`, `[v6]:port` or of a bare IPv6 address followed by a port, as gRPC names a peer. */
export function hostOf(address: string): string {
  const end = address.lastIndexOf(':');
  return end < 0 ? address : address.slice(0, end);
}
