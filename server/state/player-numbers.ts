import { MAX_STATS } from './limits';
import { changedHp, toInt32 } from './numbers';

/** What is counted of a player. */
export interface PlayerNumbers {
  readonly hp: number;
  readonly maxHp: number;
  readonly mp: number;
  readonly san: number;
  /** Everything else, by name in lower case. */
  readonly stats: Readonly<Record<string, number>>;
}

const known = (name: string) => (name === 'hp' || name === 'mp' || name === 'san' ? name : undefined);
/** Of these nobody has less than none. */
const NEVER_NEGATIVE = ['gold'];

/**
 * Adds changes to a player's numbers; names are taken without regard to case, and what was not counted yet is 0.
 * HP stay within 0 and the most, MP, SAN and gold at 0 or above, everything within 32 bits.
 * @returns undefined when there would be more names than a player may have
 */
export function changedNumbers(
  before: PlayerNumbers,
  changes: Readonly<Record<string, number>>,
): PlayerNumbers | undefined {
  let after: PlayerNumbers = before;
  for (const [name, change] of Object.entries(changes)) after = withChange(after, name.toLowerCase(), change);
  return Object.keys(after.stats).length > MAX_STATS ? undefined : after;
}

function withChange(numbers: PlayerNumbers, name: string, change: number): PlayerNumbers {
  switch (known(name)) {
    case 'hp':
      return { ...numbers, hp: changedHp(numbers.hp, change, numbers.maxHp) };
    case 'mp':
      return { ...numbers, mp: Math.max(0, toInt32(numbers.mp + change)) };
    case 'san':
      return { ...numbers, san: Math.max(0, toInt32(numbers.san + change)) };
    default: {
      const held = Object.hasOwn(numbers.stats, name) ? (numbers.stats[name] ?? 0) : 0;
      const value = toInt32(held + change);
      const least = NEVER_NEGATIVE.includes(name) ? 0 : value;
      return { ...numbers, stats: { ...numbers.stats, [name]: Math.max(least, value) } };
    }
  }
}
