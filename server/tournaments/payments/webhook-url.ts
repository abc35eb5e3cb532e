/** Where webhooks may go: hosts that the operator named, and nothing that only looks like one of them. */
export type AllowedHosts = ReadonlySet<string>;

const PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** A name or address; a URL would take `*` for one as well. */
const HOST = /^(\[[\d.:a-f]+\]|[\w.-]+)$/;

/** @param entries `host` (the scheme's own port) or `host:port`, as in `WEBHOOK_ALLOW` @throws for what is no host */
export function allowedHosts(entries: readonly string[]): AllowedHosts {
  return new Set(
    entries.map((entry) => {
      // A scheme without a port of its own keeps the one that is written.
      const url = URL.canParse(`x://${entry}`) ? new URL(`http://${entry}`) : undefined;
      if (
        !url ||
        url.username ||
        url.password ||
        url.pathname !== '/' ||
        url.search ||
        url.hash ||
        !HOST.test(url.hostname)
      )
        throw new Error(`WEBHOOK_ALLOW: ${JSON.stringify(entry)} is no host or host:port`);
      const port = /:(\d+)$/.exec(entry)?.[1];
      return port === undefined ? url.hostname : `${url.hostname}:${Number(port)}`;
    }),
  );
}

/** Whether a webhook may be sent there: http(s), no log-in in it, and exactly a host and port that is allowed. */
export function isAllowedUrl(text: string, allowed: AllowedHosts): boolean {
  if (text.length > 2_000 || !URL.canParse(text)) return false;
  const url = new URL(text);
  const usual = PORTS[url.protocol];
  if (usual === undefined || url.username || url.password) return false;
  return (
    (url.port === '' && allowed.has(url.hostname)) || allowed.has(`${url.hostname}:${url.port || usual}`)
  );
}
