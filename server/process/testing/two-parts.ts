import { setTimeout as delay } from 'node:timers/promises';
import { runProcess } from '../run';

/** A process of two parts for the tests of `runProcess`; it prints what stops, and when. */
await runProcess('test', async ({ parts }) => {
  const keepAlive = setInterval(() => {}, 1_000);
  await parts.start('lower', () => 'lower', {
    stop: () => {
      clearInterval(keepAlive);
      process.stdout.write('lower stopped\n');
    },
  });
  await parts.start('upper', () => 'upper', {
    stop: async () => {
      await delay(300);
      process.stdout.write('upper stopped\n');
    },
  });
  if (process.env.DATA_DIR === 'talkative') {
    console.error('\u001b[31m⨯\u001b[39m', new Error('a page broke'), { digest: '7' });
    console.warn('first line\nsecond %s', 'line');
    process.emitWarning('old ways', 'DeprecationWarning');
    await delay(10);
  }
  return process.env.DATA_DIR === 'broken' ? Promise.reject(new Error('no second floor')) : 'two parts ready';
});
