import { STRENGTH_NAMES, type StrengthName } from '../../engine/bots/strengths';
import type { FighterCard } from '../_ui/fighters';

/** Who fights, and how good the bot is. Fighters are ids of the roster. */
export interface Choice {
  readonly me: number;
  readonly rival: number;
  readonly strength: StrengthName;
}

const STORAGE_KEY = 'bot fight';

/** Whatever of a choice unknown data holds. */
function parseChoice(data: unknown, fighters: readonly FighterCard[]): Partial<Choice> {
  if (typeof data !== 'object' || data === null) return {};
  const read = (name: string): unknown => Reflect.get(data, name);
  const idOf = (value: unknown) => fighters.find(({ id }) => id === value)?.id;
  const [me, rival] = [idOf(read('me')), idOf(read('rival'))];
  const strength = STRENGTH_NAMES.find((name) => name === read('strength'));
  return { ...(me ? { me } : {}), ...(rival ? { rival } : {}), ...(strength ? { strength } : {}) };
}

/** The choice of last time in this browser; at first the weakest bot, as somebody else than oneself. */
export function rememberedChoice(fighters: readonly FighterCard[]): Choice {
  const first = fighters[0]?.id ?? 1;
  const chosen = parseChoice(read(), fighters);
  const me = chosen.me ?? first;
  const other = fighters.find(({ id }) => id !== me)?.id ?? me;
  return { me, rival: chosen.rival ?? other, strength: chosen.strength ?? 'easy' };
}

export function rememberChoice(choice: Choice): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(choice));
  } catch {
    // Full or forbidden: chosen for this fight alone.
  }
}

function read(): unknown {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
  } catch {
    return {};
  }
}
