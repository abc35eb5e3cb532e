import { INPUT_BYTES_PER_FRAME, MAX_SDP_BYTES } from '../../../proto/signaling-limits';
import type { TestArcade } from './arcade';
import { Crowd, type Person } from './fuzz-crowd';

/** What a fuzz run did and found. */
export interface FuzzReport {
  readonly events: number;
  /** How often each code was answered; `ok` for success. */
  readonly codes: Readonly<Record<string, number>>;
  /** Events that wanted an ack, never got one, and whose line stayed. */
  readonly unanswered: readonly string[];
}

/** Weights of what a client does next; the guided step reaches states that chance alone hardly does. */
const ACTIONS = [
  ...Array<'guided'>(12).fill('guided'),
  ...Array<'event'>(6).fill('event'),
  ...Array<'mangled'>(4).fill('mangled'),
  ...Array<'twice'>(2).fill('twice'),
  ...Array<'clock'>(2).fill('clock'),
  'join',
  'reload',
  'second page',
  'drop',
  'take over',
  'leave match',
] as const;

/** Values that no field expects. */
const JUNK: readonly unknown[] = [
  ...[null, true, 0, -1, 0.5, 2 ** 31, 2 ** 53, Number.NaN, '', ' ', '\u0000', '\ud800'],
  ...['x'.repeat(129), 'x'.repeat(MAX_SDP_BYTES + 1), [], {}, [[]], { $ne: null }, Buffer.alloc(3)],
  ...[Buffer.alloc(601 * INPUT_BYTES_PER_FRAME), "' or 1=1 --", '__proto__', '../..'],
];

/**
 * Lets several people with several pages each send whatever events they like, in any state and order, to a real server.
 * @param options.isDone asked after every round of a few events at once
 */
export async function fuzz(
  arcade: TestArcade,
  options: {
    readonly random: () => number;
    readonly people: number;
    readonly isDone: (events: number) => boolean;
  },
): Promise<FuzzReport> {
  const { random } = options;
  const crowd = await Crowd.gather(arcade, options.people, random);
  const pick = <T>(of: readonly T[]): T => {
    const found = of[random() % of.length];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };

  function mangled(): [string, unknown] {
    const [event, payload] = crowd.anyEvent();
    const fields = Object.keys(payload);
    const field = fields.length > 0 ? pick(fields) : 'playerId';
    const junk = pick(JUNK);
    switch (random() % 5) {
      case 0:
        return [event, junk];
      case 1:
        return [event, Object.fromEntries(Object.entries(payload).filter(([name]) => name !== field))];
      case 2:
        return [pick(['ready', 'match_started', '', 'toString', '__proto__', 'x'.repeat(5_000)]), payload];
      default:
        return [event, { ...payload, [field]: junk }];
    }
  }

  async function act(person: Person): Promise<void> {
    switch (pick(ACTIONS)) {
      case 'guided':
        for (let steps = 1 + (random() % 5); steps > 0; steps -= 1) await crowd.guide(person);
        return;
      case 'event':
        return crowd.send(person, ...crowd.anyEvent(person));
      case 'mangled':
        return crowd.send(person, ...mangled());
      case 'twice': {
        const [event, payload] = crowd.anyEvent(person);
        await Promise.all([crowd.send(person, event, payload), crowd.send(person, event, payload)]);
        return;
      }
      case 'clock':
        arcade.clock.advance(pick([100, 1_000, 1_000, 4_000, 9_000, 21_000]));
        return;
      case 'join':
        return crowd.send(person, 'join_lobby', { playerId: person.id });
      case 'reload':
        return crowd.reload(person);
      case 'second page':
        return crowd.open(person);
      case 'drop':
        return crowd.drop(person);
      case 'take over':
        return crowd.send(person, 'take_over', { playerId: person.id, sessionId: crowd.sessionOf(person) });
      case 'leave match':
        return crowd.send(person, 'leave_match', { playerId: person.id, sessionId: crowd.sessionOf(person) });
    }
  }

  while (!options.isDone(crowd.events)) {
    await Promise.all(Array.from({ length: 1 + (random() % 6) }, () => act(pick(crowd.people))));
    // Half a second a round: budgets refill as they would, and deadlines come near.
    arcade.clock.advance(500);
  }
  crowd.leave();
  return { events: crowd.events, codes: crowd.codes, unanswered: crowd.unanswered };
}
