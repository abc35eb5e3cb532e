import { expect, it } from 'vitest';
import { openLine } from './line';

/** Sockets of UDP that keep this process alive. */
const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'UDPWrap').length;

it('PROC-9: a line that does not come about leaves no socket open', async () => {
  const before = sockets();
  const options = { name: 'nowhere', withinMs: 1_000, onMessage: () => {}, onFault: () => {} };
  // Nobody sends to everybody without leave of the system.
  await expect(openLine('udp', { ip: '255.255.255.255', port: 9 }, options)).rejects.toMatchObject({
    code: 'EACCES',
  });
  await expect.poll(sockets).toBe(before);
});
