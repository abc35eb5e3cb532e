import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { asAppError } from '../errors';
import { closeHttpServer, listen } from '../http/server';
import { bodyOf } from './http-request';

it('a caller who hangs up in the middle of a body is a bad request, not a fault of ours', async () => {
  let tell: (outcome: unknown) => void = () => undefined;
  const outcome = new Promise((resolve) => {
    tell = resolve;
  });
  let cut: () => void = () => undefined;
  const server = createServer((req) => {
    bodyOf(req).then(tell, tell);
    req.once('data', () => cut());
  });
  const port = await listen(server, 0, '127.0.0.1');
  try {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n{');
    });
    cut = () => socket.destroy();
    expect(asAppError(await outcome)?.code).toBe('BAD_REQUEST');
  } finally {
    await closeHttpServer(server);
  }
});
