import { Input } from '@/engine/fighter/inputs';

/** Arrows by vertical (up, none, down) and horizontal (left, none, right) direction. */
const ARROWS = [
  ['↖', '↑', '↗'],
  ['←', '·', '→'],
  ['↙', '↓', '↘'],
] as const;

const BUTTONS = [
  [Input.Light, 'L'],
  [Input.Heavy, 'H'],
  [Input.Special, 'S'],
  [Input.Throw, 'T'],
] as const;

/** An input in signs, such as `→ H`; a dash for none that was told. */
export function inputSigns(mask: number | null): string {
  if (mask === null) return '–';
  const down = Number((mask & Input.Down) !== 0) - Number((mask & Input.Up) !== 0);
  const right = Number((mask & Input.Right) !== 0) - Number((mask & Input.Left) !== 0);
  const buttons = BUTTONS.filter(([bit]) => mask & bit).map(([, sign]) => sign);
  const arrow = ARROWS[down + 1]?.[right + 1] ?? '·';
  return buttons.length > 0 ? `${arrow} ${buttons.join('+')}` : arrow;
}
