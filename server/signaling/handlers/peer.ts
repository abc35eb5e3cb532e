import { peerConnected as connectPeer, peerFailed as failPeer, relay } from '../../sessions/connecting';
import type { Handler } from '../context';

export const sendSdpOffer: Handler<'send_sdp_offer'> = async (ctx, _connection, { sdp, ...route }) => {
  await relay(ctx.sessions, route, { kind: 'offer', sdp });
  return {};
};

export const sendSdpAnswer: Handler<'send_sdp_answer'> = async (ctx, _connection, { sdp, ...route }) => {
  await relay(ctx.sessions, route, { kind: 'answer', sdp });
  return {};
};

export const sendIceCandidate: Handler<'send_ice_candidate'> = async (ctx, _connection, payload) => {
  const { candidate, ...route } = payload;
  await relay(ctx.sessions, route, { kind: 'candidate', candidate });
  return {};
};

export const peerConnected: Handler<'peer_connected'> = async (ctx, _connection, payload) => {
  await connectPeer(ctx.sessions, payload.sessionId, payload.playerId);
  return {};
};

export const peerFailed: Handler<'peer_failed'> = async (ctx, _connection, payload) => {
  await failPeer(ctx.sessions, payload.sessionId, payload.playerId, printable(payload.reason));
  return {};
};

/** For TRACE: control characters and halves of characters can't be stored as JSON. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}]/gu, ' ');
}
