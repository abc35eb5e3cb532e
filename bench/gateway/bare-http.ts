import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BODY, HEADERS } from './answer';

/** The reference for HTTP: node:http, answering the same JSON every time and nothing else. */
let calls = 0;
const text = JSON.stringify(BODY);
const headers = [...HEADERS, 'content-length', String(Buffer.byteLength(text))];
const server = createServer((_req, res) => {
  calls += 1;
  res.writeHead(200, headers);
  res.end(text);
});
server.listen(0, '127.0.0.1', () => {
  // A server that listens on a port has an address of this shape.
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ calls, cpuSeconds: (user + system) / 1e6 });
});
