import { decodeFight } from '../../engine/fighter/replay';
import type { ActionResult, FightRuling } from '../../proto/rules';
import { isFoughtOut } from '../../proto/sessions';

/** What the judge said, as far as inputs can tell it. */
export interface Judged {
  readonly winner: number;
  readonly reason: string;
  readonly frames: number;
  /** uint32 */
  readonly checksum: number;
}

/** Where a ruling parts from the verdict first. */
export interface RulingDifference {
  readonly field: string;
  readonly judged: unknown;
  readonly ruled: unknown;
  /** The first frame whose checksum is another, where the rule engine tells one. */
  readonly frame?: number;
}

/**
 * What a verdict's inputs must lead to. A fight that something outside ended, or a dispute, goes on in its inputs: nobody
 * has won in them.
 */
export function expectedOf(verdict: Judged): Judged {
  return isFoughtOut(verdict.reason) ? verdict : { ...verdict, winner: 0, reason: 'unfinished' };
}

/**
 * A stored replay as a rule engine takes it.
 * @throws ReplayError for bytes that are no replay of ours
 */
export function actionResultOf(replay: Uint8Array, verdict: Judged): ActionResult {
  const { seed, characters, winsNeeded, handicaps, engineDigest, inputs, checksums } = decodeFight(replay);
  return {
    kind: 'match',
    seed,
    characters: [characters[0], characters[1]],
    ...(winsNeeded === undefined ? {} : { wins_needed: winsNeeded }),
    ...(handicaps === undefined ? {} : { handicaps: [{ ...handicaps[0] }, { ...handicaps[1] }] }),
    engine: engineDigest,
    inputs: Buffer.from(inputs).toString('base64'),
    told: { ...expectedOf(verdict) },
    checksums: checksums.map(({ frame, checksum }) => ({ frame, checksum })),
  };
}

const FIELDS = ['winner', 'reason', 'frames', 'checksum'] as const;

/** Compares a ruling with the verdict, by what it says itself and not by whether it says that it agrees. */
export function differenceOf(verdict: Judged, ruling: FightRuling): RulingDifference | undefined {
  const expected = expectedOf(verdict);
  const frame = ruling.first_difference?.frame;
  const at = frame === undefined ? {} : { frame };
  for (const field of FIELDS)
    if (expected[field] !== ruling[field])
      return { field, judged: expected[field], ruled: ruling[field], ...at };
  const told = ruling.first_difference;
  return told ? { field: told.field, judged: told.told, ruled: told.ruled, ...at } : undefined;
}
