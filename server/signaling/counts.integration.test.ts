import { describe, expect, it } from 'vitest';
import { metricsText } from '../metrics';
import { arcadeOfEachTest, type TestArcade } from './testing/arcade';
import { fight, inputsFor, startFight } from './testing/match';

let arcade: TestArcade;

arcadeOfEachTest((fresh) => {
  arcade = fresh;
});

/** Every sample of the rooms that a match goes through, by its name with labels. */
async function samples(): Promise<Map<string, number>> {
  const { text } = await metricsText();
  const lines = text.matchAll(/^(arcade_(?:signaling|sessions|game)_\S+) (\d+)$/gm);
  return new Map([...lines].map(([, name = '', value]) => [name, Number(value)]));
}

describe('what is counted', () => {
  it('HEALTH-8: tells what was done, what was refused and why, with labels of closed sets only', async () => {
    const before = await samples();
    const one = await arcade.enter('One');
    const two = await arcade.enter('Two');
    const { sessionId, config } = await startFight(one, two);
    const onlooker = await arcade.connect(one.id, 'tab-2');
    const inputs = inputsFor(config);
    await fight(arcade, [one, two], sessionId, inputs, 0, 60);
    await onlooker.codeOf('leave_match', { playerId: one.id, sessionId });
    await one.codeOf('made up by a client', {});
    await one.codeOf('join_lobby', {});
    await one.codeOf('join_lobby', { playerId: two.id });
    await one.codeOf('request_match', { requesterId: one.id, targetId: two.id });
    await one.codeOf('match_inputs', { sessionId, fromFrame: 60, inputs: Buffer.alloc(600 * 4) });
    await one.codeOf('match_inputs', { sessionId, fromFrame: 0, inputs: Buffer.alloc(601 * 4) });
    await two.send('leave_match', { playerId: two.id, sessionId });
    await two.hear('match_ended');

    const after = await samples();
    const grown = Object.fromEntries(
      [...after].flatMap(([name, value]) => {
        const by = value - (before.get(name) ?? 0);
        return by === 0 ? [] : [[name, by]];
      }),
    );
    expect(grown).toMatchObject({
      'arcade_signaling_events_total{event="peer_connected",code="ok"}': 2,
      'arcade_signaling_events_total{event="unknown",code="400"}': 1,
      'arcade_signaling_refused_total{reason="unknown_event"}': 1,
      'arcade_signaling_refused_total{reason="payload"}': 1,
      'arcade_signaling_refused_total{reason="acting"}': 1,
      'arcade_signaling_refused_total{reason="onlooker"}': 1,
      'arcade_signaling_refused_total{reason="state"}': 1,
      'arcade_signaling_refused_total{reason="size"}': 1,
      'arcade_signaling_refused_total{reason="too_fast"}': 1,
      'arcade_signaling_lines_total{what="opened"}': 3,
      'arcade_signaling_lines_total{what="looks_on"}': 1,
      'arcade_sessions_transitions_total{from="none",to="requested",reason=""}': 1,
      'arcade_sessions_transitions_total{from="connecting",to="connected",reason=""}': 1,
      'arcade_sessions_transitions_total{from="connected",to="ended",reason="forfeit"}': 1,
      'arcade_sessions_judge_calls_total{call="endMatch",outcome="ok"}': 1,
      'arcade_sessions_judge_calls_total{call="pushInputs",outcome="RATE_LIMITED"}': 1,
      arcade_game_judged_frames_total: 60,
      'arcade_game_verdicts_total{reason="forfeit"}': 1,
      'arcade_game_pushes_refused_total{reason="too_early"}': 1,
    });
    expect([...after.keys()].join()).not.toMatch(/made up|[0-9a-f]{8}-/);
  });
});
