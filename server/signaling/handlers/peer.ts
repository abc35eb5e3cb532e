import type { Handler } from '../context';

export const sendSdpOffer: Handler<'send_sdp_offer'> = async (ctx, _connection, { sdp, ...route }) => {
  await ctx.sessions.relay(route, { kind: 'offer', sdp });
  return {};
};

export const sendSdpAnswer: Handler<'send_sdp_answer'> = async (ctx, _connection, { sdp, ...route }) => {
  await ctx.sessions.relay(route, { kind: 'answer', sdp });
  return {};
};

export const sendIceCandidate: Handler<'send_ice_candidate'> = async (ctx, _connection, payload) => {
  const { candidate, ...route } = payload;
  await ctx.sessions.relay(route, { kind: 'candidate', candidate });
  return {};
};

export const peerConnected: Handler<'peer_connected'> = async (ctx, _connection, payload) => {
  const { sessionId, playerId, ...facts } = payload;
  await ctx.sessions.peerConnected(sessionId, playerId, facts);
  return {};
};

export const peerFailed: Handler<'peer_failed'> = async (ctx, _connection, payload) => {
  await ctx.sessions.peerFailed(payload.sessionId, payload.playerId, printable(payload.reason));
  return {};
};

export const relayData: Handler<'relay_data'> = async ({ sessions }, { playerId }, { sessionId, data }) => {
  await sessions.relayData(sessionId, playerId, data);
  return {};
};

/** For TRACE: control characters and halves of characters can't be stored as JSON. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}]/gu, ' ');
}
