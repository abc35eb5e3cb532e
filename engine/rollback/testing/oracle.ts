import { InputStatus } from '../types';
import { createToyGame } from './toy-game';
import type { VirtualHost, VirtualMatch } from './virtual-match';

/** The last frame of each player who left, as one host was told. */
function departures(host: VirtualHost): Map<number, number> {
  const frames = new Map<number, number>();
  for (const event of host.events) if (event.type === 'disconnected') frames.set(event.player, event.frame);
  return frames;
}

/** Checksums of a straight simulation of the inputs that a host confirmed: entry n is the one after frame n. */
export function straightChecksums(
  match: VirtualMatch,
  host: VirtualHost,
  frames: number,
  gone: ReadonlyMap<number, number> = departures(host),
): number[] {
  const playerCount = match.hosts.reduce((sum, peer) => sum + peer.players.length, 0);
  const game = createToyGame({
    playerCount,
    inputBytes: match.rowBytes / playerCount,
    stateBytes: match.options.stateBytes ?? 64,
  });
  const status = new Uint8Array(playerCount);
  const checksums: number[] = [];
  for (let frame = 0; frame < frames; frame++) {
    for (let player = 0; player < playerCount; player++) {
      const isGone = frame > (gone.get(player) ?? Number.POSITIVE_INFINITY);
      status[player] = isGone ? InputStatus.disconnected : InputStatus.confirmed;
    }
    game.advance(
      Uint8Array.from(host.confirmed.slice(frame * match.rowBytes, (frame + 1) * match.rowBytes)),
      status,
    );
    checksums.push(game.checksum());
  }
  return checksums;
}

/**
 * Compares every host with a straight simulation of what it confirmed, and the hosts with each other.
 * @returns what is wrong, undefined when nothing is.
 */
export function findDisagreement(match: VirtualMatch): string | undefined {
  const present = match.hosts.filter((host) => !host.isOut);
  const [first] = present;
  if (first === undefined) return 'no hosts';
  for (const host of present) {
    const frames = host.session.confirmedFrame + 1;
    if (host.confirmed.length !== frames * match.rowBytes) return `host ${host.index} lost confirmed inputs`;
    const oracle = straightChecksums(match, host, frames);
    for (let frame = 0; frame < frames; frame++) {
      const checksum = host.session.checksumAt(frame);
      if (checksum !== undefined && checksum !== oracle[frame])
        return `host ${host.index} is wrong at frame ${frame}`;
    }
    if (host.session.checksumAt(frames - 1) === undefined)
      return `host ${host.index} can't tell its last checksum`;
    const common = Math.min(host.confirmed.length, first.confirmed.length);
    for (let i = 0; i < common; i++) {
      if (host.confirmed[i] !== first.confirmed[i]) {
        return `hosts ${first.index} and ${host.index} confirmed different inputs for frame ${Math.floor(i / match.rowBytes)}`;
      }
    }
    const desync = host.events.find((event) => event.type === 'desync');
    if (desync !== undefined) return `host ${host.index} reported a desync: ${JSON.stringify(desync)}`;
  }
  return undefined;
}
