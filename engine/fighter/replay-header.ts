import { ReplayError } from '../rollback/replay-file';
import {
  fillHandicap,
  HANDICAP_BOUNDS,
  HANDICAP_NAMES,
  type Handicap,
  type HandicapName,
  isNoHandicap,
  NO_HANDICAP,
} from './handicap';
import { WINS_NEEDED } from './rules';
import type { MatchConfig } from './state';

/** What the header of a stored fight says (docs/CONTRACT.md, REPLAY-3). */
export interface FightHeader extends MatchConfig {
  readonly rulesVersion: number;
}

const PLAIN_BYTES = 8;
/** Parts above a byte's range take two. */
const bytesOf = (name: HandicapName): 1 | 2 => (HANDICAP_BOUNDS[name][1] > 255 ? 2 : 1);
const HANDICAP_BYTES = HANDICAP_NAMES.reduce((sum, name) => sum + bytesOf(name), 0);
const LONG_BYTES = PLAIN_BYTES + 1 + 2 * HANDICAP_BYTES;

/** Packs a header: the long one only when there is something that the short one can't say. */
export function encodeHeader(fight: FightHeader): Uint8Array {
  const { winsNeeded = WINS_NEEDED, handicaps = [{}, {}] } = fight;
  const isPlain = winsNeeded === WINS_NEEDED && handicaps.every((each) => isNoHandicap(each));
  const header = new Uint8Array(isPlain ? PLAIN_BYTES : LONG_BYTES);
  const view = new DataView(header.buffer);
  view.setUint16(0, fight.rulesVersion, true);
  view.setUint32(2, fight.seed, true);
  header.set(fight.characters, 6);
  if (isPlain) return header;
  view.setUint8(PLAIN_BYTES, winsNeeded);
  for (const [index, handicap] of handicaps.entries()) {
    const full = fillHandicap(handicap);
    let at = PLAIN_BYTES + 1 + index * HANDICAP_BYTES;
    for (const name of HANDICAP_NAMES) {
      if (bytesOf(name) === 2) view.setUint16(at, full[name], true);
      else view.setUint8(at, full[name]);
      at += bytesOf(name);
    }
  }
  return header;
}

/**
 * Unpacks a header. Handicaps come without the parts that change nothing, and are left out when there are none.
 * @throws ReplayError `foreign` for another length and for what is out of bounds.
 */
export function decodeHeader(header: Uint8Array): FightHeader {
  if (header.length !== PLAIN_BYTES && header.length !== LONG_BYTES)
    throw new ReplayError('foreign', `a header of ${header.length} bytes is not of this game`);
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const plain: FightHeader = {
    rulesVersion: view.getUint16(0, true),
    seed: view.getUint32(2, true),
    characters: [view.getUint8(6), view.getUint8(7)],
  };
  if (header.length === PLAIN_BYTES) return plain;
  const winsNeeded = view.getUint8(PLAIN_BYTES);
  if (winsNeeded !== 1 && winsNeeded !== 2)
    throw new ReplayError('foreign', `a fight that ${winsNeeded} rounds win is not of this game`);
  const one = decodeHandicap(view, PLAIN_BYTES + 1);
  const two = decodeHandicap(view, PLAIN_BYTES + 1 + HANDICAP_BYTES);
  const hasHandicaps = !isNoHandicap(one) || !isNoHandicap(two);
  return {
    ...plain,
    ...(winsNeeded === WINS_NEEDED ? {} : { winsNeeded }),
    ...(hasHandicaps ? { handicaps: [one, two] } : {}),
  };
}

function decodeHandicap(view: DataView, start: number): Handicap {
  const handicap: { [Name in HandicapName]?: number } = {};
  let at = start;
  for (const name of HANDICAP_NAMES) {
    const value = bytesOf(name) === 2 ? view.getUint16(at, true) : view.getUint8(at);
    at += bytesOf(name);
    const [least, most] = HANDICAP_BOUNDS[name];
    if (value < least || value > most)
      throw new ReplayError('foreign', `${name} ${value} is outside ${least} to ${most}`);
    if (value !== NO_HANDICAP[name]) handicap[name] = value;
  }
  return handicap;
}
