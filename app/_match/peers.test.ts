import { expect, it } from 'vitest';
import { connectionIdOf } from './peers';

const sdp = (origin: string) => `v=0\r\no=${origin}\r\ns=-\r\nt=0 0\r\n`;

it('PEER-2: a restart of ICE is the same connection, another page is another', () => {
  const first = connectionIdOf(sdp('- 4858251974351650128 2 IN IP4 127.0.0.1'));
  expect(connectionIdOf(sdp('- 4858251974351650128 3 IN IP4 127.0.0.1'))).toBe(first);
  expect(connectionIdOf(sdp('- 7728310229481234567 2 IN IP4 127.0.0.1'))).not.toBe(first);
  // Firefox.
  expect(connectionIdOf(sdp('mozilla...THIS_IS_SDPARTA-99.0 5530287 0 IN IP4 0.0.0.0'))).toBe('5530287');
});
