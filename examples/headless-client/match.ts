import type { Mailbox } from '../../app/_line/mailbox';
import type { InputSource } from '../../app/_match/devices/input-source';
import { createJudgeFeed } from '../../app/_match/judge-feed';
import { createMatchHost, type MatchEnd, type MatchHost } from '../../app/_match/match-host';
import { createMatchLink, type MatchVerdict } from '../../app/_match/match-link';
import type { Signaling } from '../../client/signaling';
import { createHindsight } from '../../engine/bots/hindsight';
import type { Level } from '../../engine/bots/levels';
import { createOpponent } from '../../engine/bots/opponent';
import type { IceServer, MatchConfig } from '../../proto/signaling';
import { createOwnColumn } from './own-column';
import { openPeer } from './peer';

/** The engine wants to be asked about this often. */
const TICK_MS = 4;

export interface MatchOptions {
  readonly signaling: Signaling;
  readonly mailbox: Mailbox;
  readonly playerId: string;
  readonly opponentId: string;
  readonly sessionId: string;
  readonly config: MatchConfig;
  readonly iceServers: readonly IceServer[];
  /** How well the bot plays, 0 to 100; undefined stands still. */
  readonly level: Level | undefined;
  /** Told when something goes wrong. */
  log(line: string): void;
  /** Milliseconds; a test may let time run faster. Default the clock of the machine. */
  readonly now?: () => number;
}

export interface Played {
  readonly verdict: MatchVerdict;
  /** As this program computed it; undefined where the fight was not fought out. */
  readonly end: MatchEnd | undefined;
  /** Frames that were simulated again because a guess was wrong. */
  readonly rolledBack: number;
}

/** Fights a match that both have agreed on, from the offer to the judge's verdict, over a WebRTC data channel. */
export async function fightMatch(options: MatchOptions): Promise<Played> {
  const { config, signaling, playerId, sessionId, now = () => performance.now() } = options;
  const column = await createOwnColumn(signaling, sessionId, config.playerIndex);
  const link = createMatchLink(options);
  const feed = createJudgeFeed({
    send: (fromFrame, inputs) => link.sendInputs(fromFrame, inputs),
    setTimer(task, delayMs) {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
  });
  const peer = openPeer(link.peer, options.iceServers.map(toRtc), config.playerIndex === 1);
  let host: MatchHost | undefined;
  let end: MatchEnd | undefined;
  let ticking: ReturnType<typeof setInterval> | undefined;
  const failed = (error: unknown) => {
    options.log(`failed: ${String(error)}`);
    // The server may have ended the match already.
    link.failed(String(error)).catch(() => undefined);
  };

  const verdict = new Promise<MatchVerdict>((resolve) => {
    link.listen({
      ...peer,
      onStarted() {
        // Said again when our line to the server came back: the judge may lack what was sent meanwhile.
        feed.wake();
        if (!ticking) peer.opened.then(begin).catch(failed);
      },
      // This program never pauses; who does not answer a proposal plays on.
      onPauseProposed: () => undefined,
      onPaused: () => host?.hold(true),
      onResumed: () => host?.hold(false),
      onOpponentAway: () => undefined,
      onVerdict: resolve,
    });
  });
  peer.opened
    .then(() => signaling.send('peer_connected', { playerId, sessionId, inputKey: column.inputKey }))
    .catch(failed);

  function begin(transport: Awaited<typeof peer.opened>): void {
    host = createMatchHost({
      terms: config,
      transport,
      device: options.level === undefined ? IDLE : botDevice(() => host, config, options.level),
      feed,
      random: () => Math.floor(Math.random() * 2 ** 32),
      onFrame: () => undefined,
      onEvent(event) {
        if (event.type === 'disconnected' && !end) failed('opponent_gone');
      },
      onOver(over) {
        end = over;
        link.reportEnd(over.frames, over.checksum).catch(() => undefined);
      },
    });
    ticking = setInterval(() => {
      host?.tick(now());
      column.tell(feed.log());
    }, TICK_MS);
  }

  try {
    const decided = await verdict;
    return { verdict: decided, end, rolledBack: host?.session.metrics.rollbackFrames ?? 0 };
  } finally {
    clearInterval(ticking);
    feed.close();
    peer.close();
    link.close();
  }
}

const IDLE: InputSource = { mask: () => 0, close: () => undefined };

/** Presses what a bot of the arcade would, who sees the fight as late as a person does. */
function botDevice(host: () => MatchHost | undefined, config: MatchConfig, level: Level): InputSource {
  const bot = createOpponent(level, config.seed + config.playerIndex);
  const seen = createHindsight();
  return {
    mask() {
      const words = host()?.words;
      if (!words) return 0;
      seen.push(words);
      return bot.decide(seen.late, config.playerIndex);
    },
    close: () => undefined,
  };
}

function toRtc({ urls, username, credential }: IceServer): RTCIceServer {
  return { urls, ...(username ? { username } : {}), ...(credential ? { credential } : {}) };
}
