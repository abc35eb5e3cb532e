import type { Reach } from './probe-wire';

/** A server that has not answered by then does not help a fight either. */
const PATIENCE_MS = 3_000;
/** A network may change, so nothing is believed for ever. */
const FRESH_MS = 5 * 60_000;

/** What this browser's ICE finds. Candidates stay here: nobody is told an address. */
async function gather(iceServers: RTCIceServer[]): Promise<Omit<Reach, 'relayOnly'>> {
  const connection = new RTCPeerConnection({ iceServers });
  const candidates: RTCIceCandidate[] = [];
  try {
    connection.createDataChannel('reach');
    const done = new Promise<void>((resolve) => {
      setTimeout(resolve, PATIENCE_MS);
      connection.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate) candidates.push(candidate);
        else resolve();
      });
    });
    await connection.setLocalDescription();
    await done;
  } finally {
    connection.close();
  }
  const has = (type: RTCIceCandidateType) => candidates.some((candidate) => candidate.type === type);
  return {
    host: has('host'),
    reflexive: has('srflx'),
    relay: has('relay'),
    symmetric: isSymmetric(candidates),
    asked: iceServers.some(({ urls }) => [urls].flat().some(asksOverUdp)),
  };
}

/** One that is reached over TCP says nothing of UDP. */
export function asksOverUdp(url: string): boolean {
  return /^(stun|turn):/i.test(url) && !/[?&]transport=tcp/i.test(url);
}

/**
 * Two servers see one socket at two ports. A browser that hides its own addresses hides the port of the socket, too (0): then
 * it can be told only where there is one socket to each family of addresses.
 */
export function isSymmetric(
  candidates: readonly Pick<RTCIceCandidate, 'type' | 'port' | 'relatedPort' | 'protocol' | 'address'>[],
): boolean {
  const sockets = candidates.filter(({ type, protocol }) => type === 'host' && protocol === 'udp').length;
  const seen = new Map<string, Set<number | null>>();
  for (const { type, port, relatedPort, address } of candidates) {
    if (type !== 'srflx' || (!relatedPort && sockets > 2)) continue;
    const socket = `${address?.includes(':') ? 6 : 4} ${relatedPort ?? 0}`;
    const ports = seen.get(socket) ?? new Set();
    seen.set(socket, ports.add(port));
  }
  return [...seen.values()].some(({ size }) => size > 1);
}

let known:
  | { readonly key: string; readonly atMs: number; readonly found: ReturnType<typeof gather> }
  | undefined;

/** The same, remembered for some minutes as long as the servers are the same. */
export function ownReach(iceServers: readonly RTCIceServer[], nowMs: number): ReturnType<typeof gather> {
  const key = JSON.stringify(iceServers.map(({ urls }) => urls));
  if (known?.key === key && nowMs - known.atMs < FRESH_MS) return known.found;
  const found = gather([...iceServers]);
  known = { key, atMs: nowMs, found };
  found.catch(() => {
    known = undefined;
  });
  return found;
}
