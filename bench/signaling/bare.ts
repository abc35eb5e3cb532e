import { createServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { SIGNALING_PATH } from '../../proto/signaling-limits';
import { serve } from './serving';
import { personOf } from './wire';

/**
 * What Socket.io itself costs: the same events, lists and batches of changes four times a second, and signals passed on.
 * Nothing is checked, stored or counted, and nobody is kept from anything.
 */
const httpServer = createServer((_request, response) => response.writeHead(404).end());
const io = new Server(httpServer, {
  path: SIGNALING_PATH,
  serveClient: false,
  pingInterval: 5_000,
  pingTimeout: 8_000,
});
const people = new Map<string, { playerId: string; playerName: string; status: 'available' }>();
const sockets = new Map<string, Socket>();
let joined: unknown[] = [];
let left: string[] = [];
let newcomers: string[] = [];
let seq = 0;
let matches = 0;

setInterval(() => {
  if (joined.length + left.length > 0)
    io.local.to('lobby').emit('lobby_delta', { seq: ++seq, joined, left, changed: [] });
  if (newcomers.length > 0)
    io.local.to(newcomers).emit('lobby_update', { players: [...people.values()], seq });
  joined = [];
  left = [];
  newcomers = [];
}, 250);

type Ack = (reply: object) => void;

io.on('connection', (socket) => {
  const { id, name } = personOf(String(socket.handshake.auth.token));
  const player = { playerId: id, playerName: name, status: 'available' as const };
  const to = (playerId: string) => sockets.get(playerId);
  sockets.set(id, socket);
  socket.emit('ready', { playerId: id, playerName: name, protocolVersion: 1, iceServers: [] });
  socket.on('join_lobby', async (_payload: unknown, ack?: Ack) => {
    people.set(id, player);
    joined.push(player);
    await socket.join('lobby');
    newcomers.push(socket.id);
    ack?.({ ok: true });
  });
  socket.on('leave_lobby', async (_payload: unknown, ack?: Ack) => {
    people.delete(id);
    left.push(id);
    await socket.leave('lobby');
    ack?.({ ok: true });
  });
  socket.on('request_match', ({ targetId }: { targetId: string }, ack: Ack) => {
    const sessionId = `bare-${++matches}`;
    to(targetId)?.emit('match_request_received', { requesterId: id, requesterName: name, sessionId });
    ack({ ok: true, sessionId });
  });
  socket.on(
    'accept_match',
    ({ requesterId, sessionId }: { requesterId: string; sessionId: string }, ack: Ack) => {
      const accepted = { accepterId: id, accepterName: name, sessionId };
      socket.emit('match_request_accepted', accepted);
      to(requesterId)?.emit('match_request_accepted', accepted);
      ack({ ok: true });
    },
  );
  for (const [event, received] of [
    ['send_sdp_offer', 'sdp_offer_received'],
    ['send_sdp_answer', 'sdp_answer_received'],
    ['send_ice_candidate', 'ice_candidate_received'],
  ] as const)
    socket.on(event, ({ receiverId, ...rest }: { receiverId: string }, ack: Ack) => {
      to(receiverId)?.emit(received, { senderId: id, ...rest });
      ack({ ok: true });
    });
  socket.on('peer_connected', ({ sessionId, otherId }: { sessionId: string; otherId: string }, ack: Ack) => {
    const other = to(otherId);
    if (other?.data.connected === sessionId) {
      socket.emit('match_started', { sessionId });
      other.emit('match_started', { sessionId });
    }
    socket.data.connected = sessionId;
    ack({ ok: true });
  });
  socket.on('leave_match', (_payload: unknown, ack: Ack) => ack({ ok: true }));
  socket.on('disconnect', () => {
    sockets.delete(id);
    people.delete(id);
  });
});
await serve(httpServer, async () => io.close());
