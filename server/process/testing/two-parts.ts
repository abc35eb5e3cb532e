import { setTimeout as delay } from 'node:timers/promises';
import { runProcess } from '../run';

/** A process of two parts for the tests of `runProcess`; it prints what stops, and when. */
await runProcess('test', async ({ parts }) => {
  const keepAlive = setInterval(() => {}, 1_000);
  await parts.start('lower', () => 'lower', {
    stop: () => {
      clearInterval(keepAlive);
      console.log('lower stopped');
    },
  });
  await parts.start('upper', () => 'upper', {
    stop: async () => {
      await delay(300);
      console.log('upper stopped');
    },
  });
  return process.env.DATA_DIR === 'broken' ? Promise.reject(new Error('no second floor')) : 'two parts ready';
});
