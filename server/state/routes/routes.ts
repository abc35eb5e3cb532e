import { commitRoutes } from './commit';
import { entityRoutes } from './entities';
import { itemRoutes } from './items';
import { phaseRoutes } from './phases';
import { playerRoutes } from './players';
import { positionRoutes } from './position';
import type { StateRoute } from './route';
import { scenarioRoutes } from './scenario';
import { sessionRoutes } from './session';
import { turnRoutes } from './turns';

/** Everything that is served below `/state`, but for health and the document itself. */
export const STATE_ROUTES: readonly StateRoute[] = [
  ...scenarioRoutes,
  ...sessionRoutes,
  ...positionRoutes,
  ...phaseRoutes,
  ...turnRoutes,
  ...entityRoutes,
  ...playerRoutes,
  ...itemRoutes,
  ...commitRoutes,
];
