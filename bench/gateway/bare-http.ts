import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BODY } from './answer';

/** The reference for HTTP: node:http, answering the same JSON every time and nothing else. */
let calls = 0;
const text = JSON.stringify(BODY);
const length = Buffer.byteLength(text);
const server = createServer((_req, res) => {
  calls += 1;
  res.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': length });
  res.end(text);
});
server.listen(0, '127.0.0.1', () => {
  // A server that listens on a port has an address of this shape.
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.({ calls }));
