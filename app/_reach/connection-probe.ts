import type { Signaling } from '../../client/signaling';
import type { Route } from '../../proto/sessions';
import { createStore, type Store } from '../_line/store';
import { ownReach } from './gather';
import { createMeasurement, type Quality } from './measure';
import { predictRoute } from './predict';
import { expectRoute } from './predictions';
import { decodeProbe, encodeProbe, type Reach } from './probe-wire';
import { relayOnly } from './relay-only';

/** Ten a second until something is known, then two: a request stands for half a minute. */
const FAST_MS = 100;
const FAST_PROBES = 20;
const SLOW_MS = 500;

/** What is known of the way to the other one; empty fields are not known yet. */
export interface ConnectionFacts {
  readonly quality?: Quality;
  readonly route?: Route;
}

export interface ConnectionProbe {
  readonly facts: Store<ConnectionFacts>;
  close(): void;
}

/** Measures the way to the other player of a request over the server, and foresees the one between the browsers (PEER-14). */
export function startConnectionProbe(
  signaling: Pick<Signaling, 'on' | 'sendVolatile'>,
  sessionId: string,
  iceServers: readonly RTCIceServer[],
): ConnectionProbe {
  const facts = createStore<ConnectionFacts>({});
  const measurement = createMeasurement();
  let own: Reach | undefined;
  let number = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  ownReach(iceServers, performance.now()).then(
    (found) => {
      own = { ...found, relayOnly: relayOnly.get() };
    },
    // A browser without WebRTC: nothing is foreseen.
    () => undefined,
  );

  const send = (kind: 'ping' | 'pong', about: number) =>
    signaling.sendVolatile('probe', { sessionId, data: encodeProbe({ kind, reach: own, number: about }) });

  function ping(): void {
    number = (number + 1) & 0xffff;
    measurement.sent(number, performance.now());
    send('ping', number);
    const quality = measurement.read(performance.now());
    if (quality) facts.set({ ...facts.get(), quality });
    timer = setTimeout(ping, number < FAST_PROBES ? FAST_MS : SLOW_MS);
  }

  const stop = signaling.on('probe', (heard) => {
    if (heard.sessionId !== sessionId) return;
    const probe = decodeProbe(heard.data);
    if (!probe) return;
    if (probe.kind === 'ping') send('pong', probe.number);
    else measurement.answered(probe.number, performance.now());
    if (!own || !probe.reach) return;
    const route = predictRoute(own, probe.reach);
    if (route === facts.get().route) return;
    expectRoute(sessionId, route);
    facts.set({ ...facts.get(), route });
  });
  ping();
  return {
    facts,
    close() {
      clearTimeout(timer);
      stop();
    },
  };
}
