import { z } from 'zod';
import { type Answer, type Counter, keyOf } from './counter';

/** What a person is like. */
export type Character =
  /** Wants a seat and pays for it. */
  | 'buyer'
  /** Takes a seat and never pays. */
  | 'ghost'
  /** Leaves the queue after a while. */
  | 'quitter'
  /** Pays, confirms, and gives the seat back. */
  | 'returner';

export interface PersonPlan {
  readonly userId: string;
  readonly character: Character;
  /** Unix ms. */
  readonly joinsAt: number;
  /** 0 to 1, this person's own dice. */
  readonly dice: () => number;
}

export type Outcome = 'seated' | 'returned' | 'ghosted' | 'left' | 'waiting' | 'refused';

export interface Told {
  readonly outcome: Outcome;
  /** The waiting token, once the queue has taken this person in. */
  readonly token: string | undefined;
  /** Places in the queue, as they were told. */
  readonly positions: readonly number[];
  readonly reservationId?: string;
  readonly orderId?: string;
  /** What was refused last. */
  readonly code?: string;
}

interface World {
  readonly eventId: string;
  readonly fee: number;
  readonly counter: Counter;
  wait(ms: number): Promise<void>;
  isOver(): boolean;
}

const statusSchema = z.object({ status: z.string(), position: z.number() });

function text(answer: Answer, field: string): string | undefined {
  const value = answer.ok ? answer.body[field] : undefined;
  return typeof value === 'string' ? value : undefined;
}

const refused = (answer: Answer) => (answer.ok ? undefined : answer.code);

/** One life at the ticket office, from the queue to the seat. */
export async function live(plan: PersonPlan, world: World): Promise<Told> {
  const { counter, eventId, wait, isOver } = world;
  const { userId, character, dice } = plan;
  const positions: number[] = [];
  await wait(Math.max(0, plan.joinsAt - Date.now()));
  let told: Told = { outcome: 'waiting', token: undefined, positions };

  for (let round = 0; !isOver(); round++) {
    const joined = await counter.ask({
      method: 'POST',
      path: '/api/v1/queue/join',
      body: { event_id: eventId, user_id: userId },
      key: keyOf(userId, 'join', String(round)),
    });
    const token = text(joined, 'waiting_token');
    if (token === undefined) return { ...told, outcome: 'refused', code: refused(joined) ?? 'no token' };
    told = { ...told, token };
    const leavesAt = character === 'quitter' ? Date.now() + 2_000 + dice() * 8_000 : Number.POSITIVE_INFINITY;

    const turn = await stand(token, world, positions, dice, leavesAt);
    if (turn === 'over') return told;
    if (turn === 'leaves') {
      await counter.ask({ method: 'POST', path: `/api/v1/queue/leave?token=${token}`, body: {} });
      return { ...told, outcome: 'left' };
    }
    // The turn was missed, for example while the gateway was away: to the end of the queue.
    if (turn === 'expired') continue;

    const entered = await counter.ask({
      method: 'POST',
      path: '/api/v1/queue/enter',
      body: { waiting_token: token },
      key: keyOf(userId, 'enter', String(round), token),
    });
    const reservationToken = text(entered, 'reservation_token');
    if (reservationToken === undefined) {
      told = { ...told, code: refused(entered) ?? 'no admission' };
      continue;
    }
    const bought = await buy(plan, world, reservationToken, round);
    if (bought.outcome !== 'refused') return { ...told, ...bought };
    // A hold that ended while nobody could be paid, say: to the queue again.
    told = { ...told, ...bought, outcome: 'waiting' };
  }
  return told;
}

/** Stands in the queue until it is this person's turn. */
async function stand(
  token: string,
  { counter, wait, isOver }: World,
  positions: number[],
  dice: () => number,
  leavesAt: number,
): Promise<'turn' | 'expired' | 'leaves' | 'over'> {
  while (!isOver()) {
    const answer = await counter.ask({ method: 'GET', path: `/api/v1/queue/status?token=${token}` });
    if (!answer.ok) return answer.code === 'RUSH_OVER' ? 'over' : 'expired';
    const { status, position } = statusSchema.parse(answer.body);
    if (status === 'ready') return 'turn';
    if (status === 'expired') return 'expired';
    positions.push(position);
    if (Date.now() >= leavesAt) return 'leaves';
    await wait(500 + dice() * 1_000);
  }
  return 'over';
}

/** From an admission to a seat. */
async function buy(
  { userId, character, dice }: PersonPlan,
  { counter, eventId, fee, wait }: World,
  reservationToken: string,
  round: number,
): Promise<Partial<Told> & { outcome: Outcome }> {
  const key = (step: string) => keyOf(userId, step, String(round));
  const post = (path: string, step: string, body: unknown) =>
    counter.ask({ method: 'POST', path, body, key: key(step) });

  const made = await post('/api/v1/reservations', 'reserve', {
    event_id: eventId,
    quantity: 1,
    seat_ids: [],
    reservation_token: reservationToken,
  });
  const reservationId = text(made, 'reservation_id');
  if (reservationId === undefined) return { outcome: 'refused', code: refused(made) ?? 'no seat' };
  if (character === 'ghost') return { outcome: 'ghosted', reservationId };
  await wait(dice() * 1_000);

  const intended = await post('/api/v1/payment/intent', 'intent', {
    reservation_id: reservationId,
    amount: fee,
    currency: 'COIN',
  });
  const intentId = text(intended, 'payment_intent_id');
  if (intentId === undefined)
    return { outcome: 'refused', reservationId, code: refused(intended) ?? 'no intent' };
  const paid = await post('/api/v1/payment/process', 'process', {
    payment_intent_id: intentId,
    action: 'approve',
  });
  if (!paid.ok) return { outcome: 'refused', reservationId, code: paid.code };
  const confirmed = await post(`/api/v1/reservations/${reservationId}/confirm`, 'confirm', {
    payment_intent_id: intentId,
  });
  const orderId = text(confirmed, 'order_id');
  if (orderId === undefined)
    return { outcome: 'refused', reservationId, code: refused(confirmed) ?? 'no order' };
  if (character !== 'returner') return { outcome: 'seated', reservationId, orderId };
  const back = await post(`/api/v1/reservations/${reservationId}/cancel`, 'cancel', {});
  return { outcome: back.ok ? 'returned' : 'seated', reservationId, orderId };
}
