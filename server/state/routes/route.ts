import { z } from 'zod';
import { type JsonRoute, jsonRoute } from '../../http/json-routes';
import { type Caller, requireAllowed, viewerOf, type Who } from '../caller';
import { unknownSession } from '../rows/sessions';
import type { StateManager } from '../state-manager';
import { uuid } from './fields';

/** What every route gets beside its input. */
export interface StateCall {
  readonly caller: Caller;
  readonly state: StateManager;
  readonly mayDesign: (caller: Caller) => boolean;
  /** Unix ms. */
  now(): number;
}

export type StateRoute = JsonRoute<StateCall>;

interface RouteText<Input extends z.ZodType, Output extends z.ZodType> {
  readonly method: StateRoute['method'];
  /** Below `/state`. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly who: Who;
  readonly input: Input;
  readonly output: Output;
  readonly inQuery?: readonly string[];
  run(input: z.output<Input>, call: StateCall): z.input<Output> | Promise<z.input<Output>>;
}

/** Defines a route of `/state`. */
export function stateRoute<Input extends z.ZodType, Output extends z.ZodType>(
  text: RouteText<Input, Output>,
): StateRoute {
  const { method, path, summary, tag, who, input, output, inQuery = [] } = text;
  return jsonRoute<StateCall, Input, Output>({
    ...{ method, path: `/state${path}`, summary, tag, input, output, inQuery },
    admit: ({ caller, mayDesign }) => requireAllowed(caller, who, mayDesign),
    run: (given, { context }) => text.run(given, context),
  });
}

interface SessionRouteText<Fields extends z.core.$ZodLooseShape, Output extends z.ZodType> {
  readonly method: StateRoute['method'];
  /** Below the session. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** `owner`: also the player whose session it is. */
  readonly who: 'owner' | 'trusted';
  readonly fields: Fields;
  readonly output: Output;
  run(
    input: z.output<z.ZodObject<{ sid: typeof uuid } & Fields>>,
    call: StateCall,
  ): z.input<Output> | Promise<z.input<Output>>;
}

/** Defines a route of one session. Somebody else's session is one that is not there (STATE-2). */
export function sessionRoute<Fields extends z.core.$ZodLooseShape, Output extends z.ZodType>(
  text: SessionRouteText<Fields, Output>,
): StateRoute {
  const { method, path, summary, tag, who, fields, output } = text;
  return stateRoute({
    ...{ method, path: `/session/:sid${path}`, summary, tag, output },
    who: who === 'owner' ? 'signed-in' : 'trusted',
    input: z.object({ sid: uuid, ...fields }),
    async run(input, call) {
      if (who === 'owner') await requireOwn(call, named.parse(input).sid);
      return text.run(input, call);
    },
  });
}

const named = z.object({ sid: uuid });

/** @throws {AppError} NOT_FOUND unless the caller may see the session */
async function requireOwn({ caller, state }: StateCall, sessionId: string): Promise<void> {
  const viewer = viewerOf(caller);
  if (viewer === undefined) return;
  const { userId, userIdIsNumber } = await state.session(sessionId);
  if (userId !== viewer || userIdIsNumber) throw unknownSession(sessionId);
}
