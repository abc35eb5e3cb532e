import type { Mailbox } from '../../app/_line/mailbox';
import { NO_CONDITIONS } from '../../app/_match/channel';
import type { InputSource } from '../../app/_match/devices/input-source';
import { type MatchController, startMatch } from '../../app/_match/match-controller';
import type { MatchEnd } from '../../app/_match/match-host';
import type { MatchVerdict } from '../../app/_match/match-link';
import type { Signaling } from '../../client/signaling';
import { createHindsight } from '../../engine/bots/hindsight';
import type { Level } from '../../engine/bots/levels';
import { createOpponent } from '../../engine/bots/opponent';
import type { Route } from '../../proto/sessions';
import type { IceServer, MatchConfig } from '../../proto/signaling-payloads';
import { programSurroundings } from './surroundings';

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
  /** Told what becomes of the fight. */
  log(line: string): void;
  /** Milliseconds; a test may let time run faster. Default the clock of the machine. */
  readonly now?: () => number;
}

export interface Played {
  readonly verdict: MatchVerdict;
  /** As this program computed it; undefined where the fight was not fought out. */
  readonly end: MatchEnd | undefined;
  /** The way to the opponent at the end. */
  readonly route: Route;
  /** Frames that were simulated again because a guess was wrong. */
  readonly rolledBack: number;
}

/** Fights a match that both have agreed on, from the offer to the judge's verdict, as a page would. */
export async function fightMatch(options: MatchOptions): Promise<Played> {
  const { config, level, log, now = () => performance.now() } = options;
  const match = startMatch({
    ...options,
    terms: config,
    iceServers: options.iceServers.map(toRtc),
    conditions: NO_CONDITIONS,
    isResumed: false,
    surroundings: programSurroundings(now),
  });
  match.attach({
    device: level === undefined ? IDLE : botDevice(match, config, level),
    onFrame: () => undefined,
  });
  try {
    const { verdict, end } = await outcomeOf(match, log);
    const rolledBack = match.metrics()?.rollbackFrames ?? 0;
    return { verdict, end, route: match.route.get(), rolledBack };
  } finally {
    match.close();
  }
}

function outcomeOf(
  { view, route }: MatchController,
  log: MatchOptions['log'],
): Promise<Pick<Played, 'verdict' | 'end'>> {
  return new Promise((resolve) => {
    const stop = view.subscribe(() => {
      const seen = view.get();
      log(seen.step === 'failed' ? `failed: ${seen.fault}` : `${seen.step}, ${route.get()}`);
      if (seen.step !== 'result' && seen.step !== 'unfought') return;
      stop();
      if (seen.step === 'result') resolve(seen);
      else resolve({ verdict: { winner: 0, reason: seen.reason, frames: 0, checksum: 0 }, end: undefined });
    });
  });
}

const IDLE: InputSource = { mask: () => 0, close: () => undefined };

/** Presses what a bot of the arcade would, who sees the fight as late as a person does. */
function botDevice(match: MatchController, config: MatchConfig, level: Level): InputSource {
  const bot = createOpponent(level, config.seed + config.playerIndex);
  const seen = createHindsight();
  return {
    mask() {
      const words = match.words();
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
