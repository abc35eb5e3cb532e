import type { Prisma, StoryRelation } from '../db/generated/client';
import { AppError } from '../errors';
import type { StateFunctions, StateManager } from '../state/state-manager';
import { type Facts, firstFacts, ladderOf, placeOf } from './course/facts';
import type { Story, StoryState, StoryStep } from './story';

/** Arcade mode's story in the State Manager's tables: stamina is the player's HP, nerve its SAN. */
export function keepStory(state: StateManager): Story {
  return {
    async start(tx, ladder, userId) {
      const functions = state.within(tx);
      const facts = firstFacts(ladder);
      const place = placeOf(ladder, facts.sequenceId);
      const session = await functions.start({
        scenarioId: ladder.scenarioId,
        userId,
        act: place.act,
        sequence: place.sequence,
        location: locationOf(ladder, facts.sequenceId),
      });
      // The public system begins at 0; in a story nobody is hated by strangers.
      const { affinities } = readFacts(await functions.context(session.id));
      await writeAffinities(functions, session.id, affinities, facts.affinities);
      const nerve = facts.nerve - (await functions.context(session.id)).player.san;
      if (nerve !== 0) await functions.changeStats(session.id, 'player', { san: nerve });
      return session.id;
    },

    async read(tx, sessionId) {
      return readFacts(await state.within(tx).context(sessionId));
    },

    async ladderOf(tx, sessionId) {
      return ladderOf(await state.within(tx).scenarioOf(sessionId));
    },

    async write(tx, sessionId, step) {
      const functions = state.within(tx);
      const { before, after } = step;
      await writeItems(functions, sessionId, before, after);
      await writeDepartures(functions, sessionId, before, after);
      await functions.commit({
        turnId: `${sessionId}:${numberOf(step)}`,
        update: {
          diffs: diffsOf(await state.within(tx).scenarioOf(sessionId).then(ladderOf), step),
          relations: [],
        },
        turnType: step.turnType,
        note: asJson(step.changes),
      });
      // Afterwards: the turn of a fight stands in combat, whatever comes next.
      await functions.setPhase(sessionId, step.phase, step.turnType);
    },

    async pause(tx, sessionId) {
      await state.within(tx).pause(sessionId);
    },
    async resume(tx, sessionId) {
      await state.within(tx).resume(sessionId);
    },
    async end(tx, sessionId) {
      await state.within(tx).end(sessionId);
    },
  };
}

/** `arcade-7` is the run's seventh step. */
function numberOf({ key }: StoryStep): number {
  const number = Number(/^arcade-(\d+)$/.exec(key)?.[1]);
  if (!Number.isInteger(number)) throw new AppError('INTERNAL', `${key} is no key of a step.`);
  return number;
}

type Snapshot = Awaited<ReturnType<StateFunctions['context']>>;

function readFacts({ session, player, entities, items, relations }: Snapshot): StoryState {
  const npcs = entities.filter(({ kind }) => kind === 'npc');
  const thinks = (npcId: string, { fromId, toId }: StoryRelation) =>
    (fromId === npcId && toId === player.id) || (fromId === player.id && toId === npcId);
  return {
    status: session.status,
    sequenceId: session.sequenceId,
    affinities: Object.fromEntries(
      npcs.map(({ id, scenarioEntityId }) => [
        scenarioEntityId,
        relations.find((one) => thinks(id, one))?.affinity ?? 0,
      ]),
    ),
    items: Object.fromEntries(items.map(({ scenarioItemId, quantity }) => [scenarioItemId, quantity])),
    departed: npcs.flatMap(({ departedAt, scenarioEntityId }) => (departedAt ? [scenarioEntityId] : [])),
    stamina: player.hp,
    nerve: player.san,
  };
}

async function writeAffinities(
  functions: StateFunctions,
  sessionId: string,
  before: Facts['affinities'],
  after: Facts['affinities'],
): Promise<void> {
  for (const [npc, affinity] of Object.entries(after)) {
    const change = affinity - (before[npc] ?? 0);
    if (change !== 0 && npc in before)
      await functions.changeAffinity({ sessionId, player: 'player', npc, change });
  }
}

async function writeItems(
  functions: StateFunctions,
  sessionId: string,
  before: Facts,
  after: Facts,
): Promise<void> {
  for (const [item, quantity] of Object.entries(after.items))
    if (quantity !== (before.items[item] ?? 0))
      await functions.setQuantity({ sessionId, player: 'player', item, quantity });
}

async function writeDepartures(
  functions: StateFunctions,
  sessionId: string,
  { departed: before }: Facts,
  { departed: after }: Facts,
): Promise<void> {
  for (const npc of after) if (!before.includes(npc)) await functions.depart(sessionId, npc);
  for (const npc of before) if (!after.includes(npc)) await functions.comeBack(sessionId, npc);
}

/** What a commit is told: changes, not values. */
function diffsOf(ladder: ReturnType<typeof ladderOf>, { before, after }: StoryStep) {
  const { act, sequence } = placeOf(ladder, after.sequenceId);
  const npcs = Object.entries(after.affinities).flatMap(([entity, affinity]) => {
    const change = affinity - (before.affinities[entity] ?? 0);
    return change === 0 || !(entity in before.affinities) ? [] : [{ entity, diff: { affinity: change } }];
  });
  return [
    {
      entity: 'player',
      diff: {
        hp: after.stamina - before.stamina,
        san: after.nerve - before.nerve,
        act,
        sequence,
        location: locationOf(ladder, after.sequenceId),
      },
    },
    ...npcs,
  ];
}

function locationOf({ scenario }: ReturnType<typeof ladderOf>, sequenceId: string): string {
  const sequence = scenario.sequences.find(({ id }) => id === sequenceId);
  return sequence?.location_name ?? sequence?.name ?? sequenceId;
}

/** Through text: what is undefined is left out, as in the database. */
function asJson(value: Readonly<Record<string, unknown>>): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(value));
}
