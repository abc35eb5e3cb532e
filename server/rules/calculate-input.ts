import { z } from 'zod';
import { CHARACTERS } from '../../engine/fighter/characters/roster';
import { engineDigest } from '../../engine/fighter/checksum';
import { HANDICAP_BOUNDS } from '../../engine/fighter/handicap';
import { MAX_MATCH_FRAMES } from '../../engine/fighter/rules';
import { type ActionResult, calculateRequest } from '../../proto/rules';
import { bytesOf } from './fight-inputs';
import { findMove, namesOf } from './moves';

/** Notes a fault at a place within `action_result`. */
type Report = (path: readonly PropertyKey[], message: string) => void;

/**
 * What `/calculate` takes: the wire's form, and everything that the simulation asks for, so that what passes can be
 * ruled on and what does not is refused before it costs anything (RULES-4).
 */
export const calculateInput = z
  .object({ ...calculateRequest.shape })
  .superRefine(({ action_result }, context) => {
    const report: Report = (path, message) =>
      context.addIssue({ code: 'custom', path: ['action_result', ...path], message });
    if (action_result.kind === 'exchange') checkExchange(action_result, report);
    else checkFight(action_result, report);
  });
export type CalculateRequest = z.output<typeof calculateInput>;

const isCharacter = (id: number) => CHARACTERS.some((known) => known.id === id);
const whoThereIs = `characters are 1 to ${CHARACTERS.length}`;

type FightResult = Extract<ActionResult, { kind: 'match' | 'arcade' }>;

function checkFight(result: FightResult, report: Report): void {
  for (const [index, id] of result.characters.entries())
    if (!isCharacter(id)) report(['characters', index], `${whoThereIs}, not ${id}`);
  for (const [index, handicap] of (result.handicaps ?? []).entries()) checkHandicap(handicap, index, report);
  if (result.kind === 'match' && result.engine !== undefined && result.engine !== engineDigest())
    report(['engine'], `this engine is ${engineDigest()}`);
  checkInputs(result, report);
}

const bounds: Readonly<Record<string, readonly [least: number, most: number] | undefined>> = HANDICAP_BOUNDS;

function checkHandicap(handicap: object, index: number, report: Report): void {
  for (const [name, value] of Object.entries(handicap)) {
    const [least, most] = bounds[name] ?? [0, -1];
    if (typeof value === 'number' && (value < least || value > most))
      report(['handicaps', index, name], `from ${least} to ${most}`);
  }
}

function checkInputs({ kind, inputs }: FightResult, report: Report): void {
  const bytes = bytesOf(inputs);
  if (bytes === undefined) {
    report(['inputs'], 'not base64');
    return;
  }
  const frameBytes = kind === 'match' ? 4 : 2;
  const frames = bytes.length / frameBytes;
  if (!Number.isInteger(frames))
    report(['inputs'], `${bytes.length} bytes are not whole frames of ${frameBytes} bytes`);
  else if (frames > MAX_MATCH_FRAMES)
    report(['inputs'], `${frames} frames; no fight has more than ${MAX_MATCH_FRAMES}`);
}

type Exchange = Extract<ActionResult, { kind: 'exchange' }>;

function checkExchange({ attacker, move, defender, answer }: Exchange, report: Report): void {
  for (const [field, id, name] of [
    ['move', attacker, move],
    ['answer', defender, answer],
  ] as const) {
    const who = field === 'move' ? 'attacker' : 'defender';
    if (!isCharacter(id)) report([who], `${whoThereIs}, not ${id}`);
    else if (name !== undefined && !findMove(id, name))
      report([field], `the ${who} has no such move; there are ${namesOf(id).join(', ')}`);
  }
}
