import { expect } from '@playwright/test';
import { FRAMES_PER_SECOND } from '../../engine/fighter/rules';
import { ScriptClient, type SignalSocket } from './script-client';
import { type AcceptedConfig, type ScriptedMatch, scriptMatch } from './scripted-match';
import { uniqueName } from './unique-name';

/** A client that is signed in and connected. */
export interface Fighter {
  readonly client: ScriptClient;
  socket: SignalSocket;
}

/** Registers a script client and opens its socket. */
export async function enterFighter(origin: string, prefix: string): Promise<Fighter> {
  const client = await ScriptClient.enter(origin, uniqueName(prefix));
  const socket = await client.connect();
  await socket.hear('ready');
  await socket.send('join_lobby', { playerId: client.playerId });
  return { client, socket };
}

/** The first challenges the second; returns the session's id. */
export async function challenge(first: Fighter, second: Fighter): Promise<string> {
  const reply = await first.socket.send('request_match', {
    requesterId: first.client.playerId,
    targetId: second.client.playerId,
    characterId: 2,
  });
  expect(reply).toMatchObject({ ok: true });
  const sessionId = reply.ok ? String(reply.sessionId) : '';
  await second.socket.hear('match_request_received', (payload) => payload.sessionId === sessionId);
  return sessionId;
}

export async function accept(first: Fighter, second: Fighter, sessionId: string): Promise<void> {
  const reply = await second.socket.send('accept_match', {
    accepterId: second.client.playerId,
    requesterId: first.client.playerId,
    sessionId,
    characterId: 1,
  });
  expect(reply).toMatchObject({ ok: true });
  await first.socket.hear('match_request_accepted', (payload) => payload.sessionId === sessionId);
}

/** From accepted to connected, as two browsers whose data channel opened; returns a match to play. */
export async function connectPeers(
  first: Fighter,
  second: Fighter,
  sessionId: string,
): Promise<ScriptedMatch> {
  const offer = {
    senderId: first.client.playerId,
    receiverId: second.client.playerId,
    sessionId,
    sdp: 'offer',
  };
  expect(await first.socket.send('send_sdp_offer', offer)).toEqual({ ok: true });
  for (const { client, socket } of [first, second])
    expect(await socket.send('peer_connected', { playerId: client.playerId, sessionId })).toEqual({
      ok: true,
    });
  const started = await first.socket.hear('match_started', (payload) => payload.sessionId === sessionId);
  return scriptMatch(started.config as AcceptedConfig);
}

/**
 * Sends confirmed inputs as a browser does: a few frames at a time, no faster than the fight goes.
 * @param range.elapsedMs how long the fight has gone on already, so that what was missed is sent at once.
 */
export async function sendInputs(
  socket: SignalSocket,
  sessionId: string,
  { inputs, frames }: Pick<ScriptedMatch, 'inputs' | 'frames'>,
  range: { from?: number; to?: number; elapsedMs?: number } = {},
): Promise<void> {
  const last = Math.min(range.to ?? frames, frames);
  const startedAt = performance.now() - (range.elapsedMs ?? 0);
  for (let from = range.from ?? 0; from < last; ) {
    const played = Math.floor(((performance.now() - startedAt) / 1000) * FRAMES_PER_SECOND) + 30;
    const to = Math.min(last, Math.max(from + 1, played), from + 600);
    const payload = { sessionId, fromFrame: from, inputs: Buffer.from(inputs.subarray(from * 4, to * 4)) };
    expect(await socket.send('match_inputs', payload)).toEqual({ ok: true, nextFrame: to });
    from = to;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Both send the whole match and what they believe of it; returns the judge's verdict, which both heard. */
export async function finishMatch(fighters: readonly Fighter[], sessionId: string, match: ScriptedMatch) {
  await Promise.all(fighters.map(({ socket }) => sendInputs(socket, sessionId, match)));
  return claimResult(fighters, sessionId, match);
}

/** Both say how the match ended; returns the judge's verdict, which both heard. */
export async function claimResult(fighters: readonly Fighter[], sessionId: string, match: ScriptedMatch) {
  const claim = { sessionId, frames: match.frames, checksum: match.checksum };
  const verdicts = await Promise.all(
    fighters.map(async ({ socket }) => {
      await socket.send('match_ended', claim);
      return socket.hear('match_ended', (payload) => payload.sessionId === sessionId, 30_000);
    }),
  );
  expect(verdicts[1]).toEqual(verdicts[0]);
  return verdicts[0];
}
