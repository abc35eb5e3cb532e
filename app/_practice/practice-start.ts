import { fromReadout, startFighting } from '../../engine/fighter/scenario';
import type { MatchConfig } from '../../engine/fighter/state';
import type { Situation } from '../../proto/situation';

/**
 * What practice begins from: the situation as long as its own fighters stand in it, else the marks.
 * @throws RangeError for a character that there is not
 */
export function practiceStart(
  characters: readonly [number, number],
  situation: Situation | undefined,
): Int32Array {
  const config: MatchConfig = { seed: 1, characters };
  const isIts = situation?.characters.every((id, index) => id === characters[index]) ?? false;
  const found = situation && isIts ? fromReadout(config, situation) : undefined;
  return found ?? startFighting(config);
}
