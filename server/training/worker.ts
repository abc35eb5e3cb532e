import { createBot } from '../../engine/bots/bot';
import { createFighterEnvironment } from '../../engine/learning/fighter-environment';
import { runInThread } from './thread';

/** The program of a training's thread: a fighter learns against a scripted bot. */
await runInThread(({ characterId, opponentCharacterId, opponent }) =>
  createFighterEnvironment({
    characterId,
    opponentCharacterId,
    createOpponent: (seed) => {
      const bot = createBot(opponent, seed);
      return (state, side) => bot.decide(state, side);
    },
  }),
);
