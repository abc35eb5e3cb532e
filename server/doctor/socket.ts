import { WebSocket } from 'ws';
import { SIGNALING_PATH } from '../../proto/signaling-limits';

/** Whether signaling opens a WebSocket through an address, proxies and all. Never rejects. */
export async function askSocket(
  address: string,
  origin: string,
  { withinMs, ca }: { readonly withinMs: number; readonly ca?: string | undefined },
): Promise<{ readonly works: boolean; readonly says: string }> {
  const url = new URL(`${SIGNALING_PATH}/?EIO=4&transport=websocket`, address);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url, {
    origin,
    handshakeTimeout: withinMs,
    ...(ca === undefined ? {} : { ca }),
  });
  try {
    return await new Promise((resolve) => {
      const timer = setTimeout(() => resolve({ works: false, says: 'no word from signaling' }), withinMs);
      const end = (works: boolean, says: string) => {
        clearTimeout(timer);
        resolve({ works, says });
      };
      // Engine.IO's first packet: `0` and what it opened.
      socket.once('message', (data) =>
        String(data).startsWith('0{') ? end(true, 'opens') : end(false, 'something else answers there'),
      );
      socket.once('unexpected-response', (_request, answer) => end(false, `answers ${answer.statusCode}`));
      socket.on('error', (error) => end(false, 'code' in error ? String(error.code) : error.message));
    });
  } finally {
    socket.terminate();
  }
}
