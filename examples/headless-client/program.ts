import { createMailbox } from '../../app/_line/mailbox';
import { createLobby } from '../../client/lobby';
import { createSignaling, type SignalingOptions } from '../../client/signaling';
import type { Level } from '../../engine/bots/levels';
import type { IceServer, MatchConfig, ServerPayloads } from '../../proto/signaling-payloads';
import { fightMatch, type Played } from './match';

export interface ProgramOptions extends Pick<SignalingOptions, 'url' | 'getToken' | 'msgpack'> {
  /** The name of whom to challenge as soon as they are in the lobby; undefined waits to be challenged. */
  readonly challenge: string | undefined;
  readonly characterId: number;
  /** How well it plays, 0 to 100; undefined stands still. */
  readonly level: Level | undefined;
  /** See `MatchOptions`. */
  readonly now?: () => number;
  /** What happens, in words. */
  log(line: string): void;
}

/** Somebody else's side of a match. */
interface Agreed {
  readonly sessionId: string;
  readonly opponentId: string;
  readonly config: MatchConfig;
}

/** Enters the lobby, agrees on one match, fights it to its end and leaves. */
export async function runProgram(options: ProgramOptions): Promise<Played> {
  const { log, characterId } = options;
  const signaling = createSignaling({
    ...(options.url ? { url: options.url } : {}),
    ...(options.getToken ? { getToken: options.getToken } : {}),
    ...(options.msgpack ? { msgpack: options.msgpack } : {}),
    onState: (state, cause) => log(cause ? `${state}: ${cause.message}` : state),
  });
  const mailbox = createMailbox(signaling);
  let self: ServerPayloads['ready'] | undefined;
  let iceServers: readonly IceServer[] = [];

  try {
    const agreed = await new Promise<Agreed>((resolve, reject) => {
      let hasAsked = false;
      const lobby = createLobby(signaling, (players) => {
        const target = players.find(({ playerName }) => playerName === options.challenge);
        if (target?.status !== 'available' || hasAsked || !self) return;
        hasAsked = true;
        log(`challenging ${target.playerName}`);
        const request = { requesterId: self.playerId, targetId: target.playerId, characterId };
        signaling.send('request_match', request).catch(reject);
      });
      signaling.on('ready', (ready) => {
        self = ready;
        iceServers = ready.iceServers;
        log(`here as ${ready.playerName}`);
      });
      signaling.on('match_request_received', ({ requesterId, requesterName, sessionId }) => {
        if (options.challenge !== undefined || !self) return;
        log(`challenged by ${requesterName}`);
        signaling
          .send('accept_match', { accepterId: self.playerId, requesterId, sessionId, characterId })
          .catch((error: unknown) => log(`not accepted: ${String(error)}`));
      });
      signaling.on('match_request_declined', ({ reason }) => reject(new Error(`declined: ${reason}`)));
      signaling.on('match_request_accepted', ({ sessionId, config, accepterId, requesterId }) => {
        // To both; the other one is whoever of the two is not this program.
        const opponentId = accepterId === self?.playerId ? requesterId : accepterId;
        if (opponentId !== undefined) resolve({ sessionId, config, opponentId });
      });
      lobby.join();
    });
    log(`fighting as player ${agreed.config.playerIndex} in ${agreed.sessionId}`);
    return await fightMatch({
      ...agreed,
      signaling,
      mailbox,
      playerId: self?.playerId ?? '',
      iceServers,
      level: options.level,
      log,
      ...(options.now ? { now: options.now } : {}),
    });
  } finally {
    mailbox.close();
    signaling.close();
  }
}
