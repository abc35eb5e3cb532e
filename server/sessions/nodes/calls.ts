import { z } from 'zod';
import { ROUTES } from '../../../proto/sessions';
import { iceCandidate } from '../../../proto/signaling';
import type { SessionsHere } from '../here';

/** What an edge asks of the node that leads a session: a row a call, checked at both ends. */

const id = z.string();
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const nothing = z.void();
const frames = z.int().nonnegative();
const nextFrame = z.object({ nextFrame: frames });
const ofPlayer = z.tuple([id, id]);
const chunk = z.object({ fromFrame: frames, inputs: bytes });
const text = z.string();
const config = z.object({
  playerIndex: z.literal([1, 2]),
  characters: z.tuple([z.int(), z.int()]).readonly(),
  seed: z.int(),
  delayFrames: z.int(),
  engineDigest: z.string(),
  set: z.object({ firstTo: z.int(), wins: z.tuple([z.int(), z.int()]).readonly() }).optional(),
});
const signal = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('offer'), sdp: text }),
  z.object({ kind: z.literal('answer'), sdp: text }),
  z.object({ kind: z.literal('candidate'), candidate: iceCandidate }),
]);

export interface Call<A extends readonly unknown[], R> {
  readonly args: z.ZodType<A>;
  readonly answer: z.ZodType<R>;
  run(here: SessionsHere, args: A): Promise<R>;
}
const call = <A extends readonly unknown[], R>(
  args: z.ZodType<A>,
  answer: z.ZodType<R>,
  run: (here: SessionsHere, ...args: A) => Promise<R>,
): Call<A, R> => ({ args, answer, run: (here, given) => run(here, ...given) });

const TABLE = {
  accept: call(
    z.tuple([
      z.object({ accepterId: id, requesterId: id, sessionId: id.or(z.undefined()), characterId: z.int() }),
    ]),
    z.object({ sessionId: id, config }),
    (here, answer) => here.accept(answer),
  ),
  decline: call(
    z.tuple([z.object({ declinerId: id, requesterId: id, sessionId: id.or(z.undefined()) })]),
    z.object({ sessionId: id }),
    (here, answer) => here.decline(answer),
  ),
  cancel: call(
    z.tuple([z.object({ requesterId: id, targetId: id, sessionId: id })]),
    nothing,
    (here, request) => here.cancel(request),
  ),
  leaveRequests: call(z.tuple([id]), nothing, (here, playerId) => here.leaveRequests(playerId)),
  relay: call(
    z.tuple([z.object({ senderId: id, receiverId: id, sessionId: id }), signal]),
    nothing,
    (here, route, passed) => here.relay(route, passed),
  ),
  peerConnected: call(
    z.tuple([
      id,
      id,
      z.object({
        inputKey: text.optional(),
        route: z.enum(ROUTES).optional(),
        predicted: z.enum(ROUTES).optional(),
      }),
    ]),
    nothing,
    (here, ...args) => here.peerConnected(...args),
  ),
  peerFailed: call(z.tuple([id, id, text]), nothing, (here, ...args) => here.peerFailed(...args)),
  pushInputs: call(
    z.tuple([id, id, chunk.extend({ opponentSignature: z.object({ frames, signature: bytes }).optional() })]),
    nextFrame,
    (here, ...args) => here.pushInputs(...args),
  ),
  pushOwnInputs: call(z.tuple([id, id, chunk]), nextFrame, (here, ...args) => here.pushOwnInputs(...args)),
  relayData: call(z.tuple([id, id, bytes]), nothing, (here, ...args) => here.relayData(...args)),
  matchHistory: call(ofPlayer, z.object({ columns: z.tuple([bytes, bytes]).readonly() }), (here, ...args) =>
    here.matchHistory(...args),
  ),
  leave: call(ofPlayer, nothing, (here, ...args) => here.leave(...args)),
  pause: call(ofPlayer, nothing, (here, ...args) => here.pause(...args)),
  resume: call(ofPlayer, nothing, (here, ...args) => here.resume(...args)),
  mayTakeOver: call(ofPlayer, nothing, (here, ...args) => here.mayTakeOver(...args)),
  noteTakeOver: call(z.tuple([id, id, text.nullable()]), nothing, (here, ...args) =>
    here.noteTakeOver(...args),
  ),
};

type Table = typeof TABLE;
export type CallName = keyof Table;
export type Args = { [K in CallName]: z.infer<Table[K]['args']> };
export type Answers = { [K in CallName]: z.infer<Table[K]['answer']> };

export const CALLS: { readonly [K in CallName]: Call<Args[K], Answers[K]> } = TABLE;

export const calling = z.object({
  name: z.string().refine((name): name is CallName => Object.hasOwn(TABLE, name)),
  args: z.array(z.unknown()),
});
