import { runInThread } from '../thread';
import { createStrikeTask } from './strike';

/** Seed of a training that throws when it is under way. */
const CRASH_SEED = 666;

/** The thread of a training whose task is learned in a second. */
await runInThread((config) => {
  const task = createStrikeTask();
  if (config.seed !== CRASH_SEED) return task;
  let steps = 0;
  return {
    ...task,
    act(action, observation) {
      steps += 1;
      if (steps === 2000) throw new Error('the ring rope snapped');
      return task.act(action, observation);
    },
  };
});
