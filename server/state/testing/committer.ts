import { systemClock } from '../../clock';
import { createDb } from '../../db/client';
import { createStateManager } from '../state-manager';

/**
 * A process that commits to a session until it is killed, each time with items and a phase in the same transaction.
 * Arguments: database, session, number of the first commit. It prints the number of each commit that was made.
 */
const [url = '', sessionId = '', first = '1'] = process.argv.slice(2);
const db = createDb(url, 2);
const state = createStateManager({ db, clock: systemClock });

for (let n = Number(first); ; n += 1) {
  await db.$transaction(async (tx) => {
    const inside = state.within(tx);
    await inside.commit({
      turnId: `${sessionId}:${n}`,
      update: {
        diffs: [
          { entity: 'player', diff: { hp: n % 3 === 0 ? 9 : -5, stats: { gold: 1 } } },
          { entity: 'guard', diff: { hp: n % 2 === 0 ? 3 : -3 } },
          { entity: 'pilot', diff: { affinity: n % 2 === 0 ? 1 : -1 } },
        ],
        relations: [{ cause: 'player', effect: 'rope', type: 'owns', quantity: n }],
      },
    });
    await inside.earn({ sessionId, player: 'player', item: 'potion', quantity: 1 });
    await inside.setPhase(sessionId, n % 2 === 0 ? 'combat' : 'dialogue');
  });
  process.stdout.write(`${n}\n`);
}
