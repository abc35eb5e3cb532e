import { describe, expect, it } from 'vitest';
import { CHARACTERS, characterById } from '../../engine/fighter/characters/roster';
import { moveListOf } from '../../engine/fighter/move-list';
import { movesOf } from '../game/frame-data';
import { ruleOnExchange } from './exchange-ruling';

const pairs = CHARACTERS.flatMap((attacker) =>
  CHARACTERS.flatMap((defender) =>
    movesOf(attacker).map((move) => ({
      attacker,
      defender,
      move,
      title: `${move.name} on ${defender.slug}`,
    })),
  ),
);

const rule = (attacker: number, move: string, defender: number, on: 'hit' | 'block', answer?: string) =>
  ruleOnExchange('s', { kind: 'exchange', attacker, move, defender, on, answer });

describe('RULES-7: what an exchange measures is what GET /api/characters/:id tells', () => {
  it.each(pairs)('$title, hit', ({ attacker, defender, move }) => {
    const ruling = rule(attacker.id, move.name, defender.id, 'hit');
    expect(ruling.outcome).toBe('hit');
    expect(ruling.startup).toBe(move.startup);
    expect(ruling.touches?.[0]).toBe(move.damage);
    if (move.advantageOnHit !== null) expect(ruling.frame_advantage).toBe(move.advantageOnHit);
  });

  it.each(pairs)('$title, block', ({ attacker, defender, move }) => {
    const ruling = rule(attacker.id, move.name, defender.id, 'block');
    if (move.guard === 'throw') {
      expect(ruling).toMatchObject({ outcome: 'hit', damage: move.damage });
      return;
    }
    expect(ruling).toMatchObject({ outcome: 'blocked', startup: move.startup });
    expect(ruling.touches?.[0]).toBe(move.chipDamage);
    if (move.advantageOnBlock !== null) expect(ruling.frame_advantage).toBe(move.advantageOnBlock);
  });
});

describe('RULES-7: an answer', () => {
  it('punishes a move that leaves the attacker later by more than the answer’s startup, and none that leaves him first', () => {
    let punished = 0;
    let safe = 0;
    for (const { id } of CHARACTERS) {
      const jab = moveListOf(id).moves.find(({ slot }) => slot === 'LIGHT');
      for (const move of movesOf(characterById(id))) {
        if (move.advantageOnBlock === null || jab === undefined) continue;
        const { is_punished } = rule(id, move.slot, id, 'block', 'LIGHT');
        if (is_punished) {
          punished += 1;
          expect(move.advantageOnBlock, move.name).toBeLessThan(-jab.startup);
        } else safe += 1;
        if (move.advantageOnBlock >= 0) expect(is_punished, move.name).toBe(false);
      }
    }
    expect(punished).toBeGreaterThan(0);
    expect(safe).toBeGreaterThan(0);
  });

  it('is named by its name, its slot or the engine’s id, in any case', () => {
    const names = ['Wrist Flick', 'light', 'garam.wristFlick'];
    const rulings = names.map((name) => rule(1, name, 2, 'hit', 'light'));
    expect(new Set(rulings.map((ruling) => JSON.stringify(ruling))).size).toBe(1);
  });
});
