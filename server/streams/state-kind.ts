import type { GameState, PlayerState } from '../grpc/gen/proto/game';
import type { StreamKind, Told } from './shared-stream';
import type { MatchEndedEvent, PlayerView, StateEvent, StateView } from './wire';

/** About ten seconds of a fight at 30 events a second. */
const RING_EVENTS = 300;

/** The events of this kind; those that every stream has come on top. */
export type StateData = Extract<StateEvent, { type: 'state' | 'snapshot' | 'ended' }>;

function playerView(player: PlayerState | undefined): PlayerView {
  return {
    health: player?.health ?? 0,
    super_gauge: player?.super_gauge ?? 0,
    position_x: player?.position_x ?? 0,
    position_y: player?.position_y ?? 0,
    current_action: player?.current_action ?? '',
  };
}

/** An upstream's message as viewers get it; absent fields stay absent, so nothing undefined is serialized. */
export function stateView(state: GameState): StateView {
  return {
    match_id: state.match_id,
    timer: state.timer,
    player1: playerView(state.player1),
    player2: playerView(state.player2),
    ...(state.winner_id === undefined ? {} : { winner_id: state.winner_id }),
  };
}

function newestState(events: readonly Told<StateData>[]): StateView | undefined {
  for (let i = events.length - 1; i >= 0; i -= 1) {
    const event = events[i];
    if (event && 'states' in event) return event.states.at(-1);
  }
  return undefined;
}

/** The last event, when the stream is over: who comes now gets it too. */
function lastWord(events: readonly Told<StateData>[]): StateView[] {
  const newest = newestState(events);
  return newest ? [newest] : [];
}

/**
 * How the states of a match are shared.
 * @param open reads the upstream once
 * @param verdict why and how it ended, when somebody knows better than the last state
 */
export function stateKind(
  open: (signal: AbortSignal) => AsyncIterable<GameState>,
  verdict: () => MatchEndedEvent | undefined = () => undefined,
): StreamKind<GameState, StateData> {
  return {
    name: 'match',
    ringEvents: RING_EVENTS,
    open,
    batch: (states) => ({ type: 'state', states: states.map(stateView) }),
    snapshot: (events) => ({ type: 'snapshot', states: lastWord(events) }),
    welcome(events) {
      const newest = newestState(events);
      return newest && { type: 'state', states: [newest] };
    },
    ended: (events) => verdict() ?? { type: 'ended', winner_id: newestState(events)?.winner_id ?? 0 },
  };
}
