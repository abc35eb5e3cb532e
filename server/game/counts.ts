import type { VerdictReason } from '../../proto/sessions';
import { counter } from '../metrics';

/** What the game service counts of the matches it judges. */

export const judgedFrames = counter(
  'arcade_game_judged_frames_total',
  'Frames simulated that both browsers had told',
);

const verdicts = counter('arcade_game_verdicts_total', 'Matches judged, by reason', ['reason']);

export function countVerdict(reason: VerdictReason): void {
  verdicts.inc({ reason });
}

const refused = counter('arcade_game_pushes_refused_total', 'Inputs refused, by reason', ['reason']);

export function countRefusedPush(reason: 'too_early' | 'too_large' | 'malformed' | 'unknown_match'): void {
  refused.inc({ reason });
}
