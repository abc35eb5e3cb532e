import { z } from 'zod';
import { MoveSlot } from '../../engine/fighter/actions';
import type { Issue } from '../../proto/scenario-check';
import { issuePath } from './issues';

/** The form of a character's data: engine/fighter/characters/types.ts, for characters that nobody compiled. */

const frames = (least: number) => z.int().min(least).max(600);
const units = z.int().min(-2_000).max(2_000);
const speed = z.int().min(-100_000).max(100_000);
const growing = z.int().min(1).max(100_000);

const boxFields = { x1: units, y1: units, x2: units, y2: units };
const box = z.object(boxFields).refine(({ x1, x2, y1, y2 }) => x1 < x2 && y1 < y2, {
  error: 'a box goes from its lower back corner to its upper front one: x1 < x2, y1 < y2',
});
const timed = z
  .object({ ...boxFields, from: frames(1), to: frames(1) })
  .refine(({ x1, x2, y1, y2, from, to }) => x1 < x2 && y1 < y2 && from <= to, {
    error: 'a box has x1 < x2, y1 < y2 and from <= to',
  });
const span = z
  .tuple([frames(1), frames(1)])
  .refine(([from, to]) => from <= to, { error: 'the first frame is not after the last' });

const move = z.object({
  id: z.string().min(1).max(100),
  guard: z.enum(['mid', 'low', 'high', 'throw']),
  startup: frames(1),
  active: frames(1),
  recovery: frames(1),
  damage: z.int().min(0),
  chip: z.int().min(0),
  hitstun: frames(0),
  blockstun: frames(0),
  hitstop: frames(0),
  pushHit: speed,
  pushBlock: speed,
  strength: z.int().min(1).max(4),
  launch: z.int().min(0).max(20_000),
  gauge: z.int().min(0).max(1_000),
  cancels: z.array(z.int()).max(20),
  hitboxes: z.array(timed).max(20),
  limbs: z.array(timed).max(20),
  drives: z.array(z.object({ from: frames(1), to: frames(1), vx: speed })).max(20),
  projectile: z
    .object({
      x: units,
      y: units,
      vx: speed,
      halfWidth: z.int().min(1).max(500),
      halfHeight: z.int().min(1).max(500),
      hits: z.int().min(1).max(10),
      lifeFrames: frames(1),
    })
    .optional(),
  ignoresProjectiles: span.optional(),
  safe: span.optional(),
});
type Move = z.infer<typeof move>;

const character = z.object({
  id: z.int().min(1).max(255),
  slug: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  stats: z.object({
    health: z.int().min(100).max(5_000),
    walkForward: growing,
    walkBack: growing,
    prejumpFrames: frames(1),
    jumpVy: growing,
    jumpForward: growing,
    jumpBack: growing,
    gravity: growing,
    landFrames: frames(0),
    dashForward: growing,
    dashForwardFrames: frames(1),
    dashBack: growing,
    dashBackFrames: frames(1),
    halfWidth: z.int().min(1).max(200),
    height: z.int().min(1).max(500),
    throwRange: z.int().min(1).max(500),
    standing: box,
    crouching: box,
    airborne: box,
  }),
  moves: z.array(move).length(9),
});

/** One blow takes at most this share of the character's own health, percent: nobody falls in two. */
const MOST_DAMAGE_PERCENT = 45;
/** Slots that nothing can be cancelled into: they are made in the air. */
const AIR: readonly number[] = [MoveSlot.AIR_LIGHT, MoveSlot.AIR_HEAVY];

/** Everything that is wrong with a character's data; empty when it could fight. */
export function checkCharacter(sent: unknown): Issue[] {
  const parsed = character.safeParse(sent);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => ({ path: issuePath(path), message }));
  const issues: Issue[] = [];
  const { stats, moves } = parsed.data;
  const ids = new Map<string, number>();
  for (const [at, each] of moves.entries()) {
    const report = (field: string, message: string) =>
      issues.push({ path: `moves[${at}].${field}`, message });
    const before = ids.get(each.id);
    if (before === undefined) ids.set(each.id, at);
    else report('id', `"${each.id}" is moves[${before}] already`);
    const most = Math.floor((stats.health * MOST_DAMAGE_PERCENT) / 100);
    if (each.damage > most) report('damage', `${each.damage} is more than ${most}`);
    if (each.chip > each.damage) report('chip', 'a guard lets through more than a hit does');
    checkMove(each, report);
  }
  return issues;
}

function checkMove(each: Move, report: (field: string, message: string) => void): void {
  const { startup, active, recovery, guard, projectile } = each;
  const total = startup + active + recovery;
  for (const [index, slot] of each.cancels.entries())
    if (slot < MoveSlot.LIGHT || slot > MoveSlot.THROW)
      report(`cancels[${index}]`, `there is no move in slot ${slot}`);
    else if (AIR.includes(slot)) report(`cancels[${index}]`, `slot ${slot} is made in the air`);
  for (const [index, { from, to }] of each.hitboxes.entries())
    if (from <= startup || to > startup + active)
      report(
        `hitboxes[${index}]`,
        `is out in frames ${from} to ${to}; active are ${startup + 1} to ${startup + active}`,
      );
  for (const [index, { to }] of each.limbs.entries())
    if (to > total) report(`limbs[${index}]`, `is out until frame ${to}; the move has ${total}`);
  for (const [index, { from, to }] of each.drives.entries())
    if (from > to || to > total)
      report(`drives[${index}]`, `frames ${from} to ${to} are no part of ${total}`);
  for (const field of ['safe', 'ignoresProjectiles'] as const)
    if ((each[field]?.[1] ?? 0) > total) report(field, `goes on after frame ${total}`);
  if (guard === 'throw' ? projectile !== undefined : each.hitboxes.length === 0 && projectile === undefined)
    report('hitboxes', guard === 'throw' ? 'a throw has no projectile' : 'the move can touch nobody');
}
