import { openChoices, type Turn, takeChoice, takeFight, takeRest } from '../course';
import { type Facts, firstFacts, type LadderScenario, stepAt } from '../facts';

/** What a walk has met. */
export interface Walked {
  /** How many different states of the story were seen. */
  readonly states: number;
  readonly endings: ReadonlySet<string>;
  readonly sequences: ReadonlySet<string>;
  readonly choices: ReadonlySet<string>;
  /** Fewest and most fights that were won on a road to an ending. */
  readonly fights: readonly [fewest: number, most: number];
}

/** Health that is left after a win, clear or narrow. */
const WINS = [90, 20] as const;

/**
 * Walks every road of a ladder: each choice, each fight won clearly, won narrowly and lost, each loss tried again. States
 * that are equal in all that conditions look at are walked once.
 * @param limit states after which it gives up
 * @throws {Error} for a road on which nothing follows, or more states than the limit
 */
export function walkEverywhere(ladder: LadderScenario, limit = 200_000): Walked {
  const endings = new Set<string>();
  const sequences = new Set<string>();
  const choices = new Set<string>();
  const seen = new Map<string, readonly [number, number]>();
  const open: { facts: Facts; fights: number }[] = [{ facts: firstFacts(ladder), fights: 0 }];
  let fewest = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let at = open.pop(); at; at = open.pop()) {
    const { facts, fights } = at;
    const key = keyOf(facts);
    const known = seen.get(key);
    // A state seen with fewer and with more fights on the way says all that there is to say of it.
    if (known && known[0] <= fights && fights <= known[1]) continue;
    seen.set(key, known ? [Math.min(known[0], fights), Math.max(known[1], fights)] : [fights, fights]);
    if (seen.size > limit) throw new Error(`more than ${limit} states`);
    sequences.add(facts.sequenceId);
    for (const { turn, isWin, choice } of turnsFrom(ladder, facts)) {
      if (choice) choices.add(choice);
      const won = fights + (isWin ? 1 : 0);
      if (turn.goal.kind === 'ending') {
        endings.add(turn.goal.endingId);
        fewest = Math.min(fewest, won);
        most = Math.max(most, won);
      } else open.push({ facts: turn.facts, fights: won });
    }
  }
  return { states: seen.size, endings, sequences, choices, fights: [fewest, most] };
}

interface Way {
  readonly turn: Turn;
  readonly isWin: boolean;
  readonly choice?: string;
}

function turnsFrom(ladder: LadderScenario, facts: Facts): Way[] {
  const step = stepAt(ladder, facts.sequenceId);
  if (step.kind === 'rest') return [{ turn: takeRest(ladder, facts), isWin: false }];
  if (step.kind === 'fight') {
    const wins = WINS.map((healthLeft) => ({
      turn: takeFight(ladder, facts, { result: 'won', healthLeft, drops: [] }),
      isWin: true,
    }));
    const lost = takeFight(ladder, facts, { result: 'lost', healthLeft: 0, drops: [] });
    return [...wins, { turn: lost, isWin: false }];
  }
  const open = openChoices(step, facts);
  if (open.length === 0) throw new Error(`nothing can be chosen in ${facts.sequenceId}`);
  return open.map(({ id }) => ({
    turn: takeChoice(ladder, facts, id),
    isWin: false,
    choice: `${facts.sequenceId}/${id}`,
  }));
}

/** What conditions look at: losses beyond a few and exact stamina make no other story. */
function keyOf({ sequenceId, flags, affinities, items, departed, stamina, losses, last }: Facts): string {
  return JSON.stringify([
    sequenceId,
    [...flags].sort(),
    Object.entries(affinities).map(([id, value]) => [id, Math.round(value / 5)]),
    Object.entries(items)
      .filter(([, count]) => count > 0)
      .map(([id]) => id)
      .sort(),
    [...departed].sort(),
    Math.round(stamina / 20),
    Math.min(losses, 3),
    last?.result,
  ]);
}
