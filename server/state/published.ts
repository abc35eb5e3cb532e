import { AppError } from '../errors';
import { singleton } from '../singleton';
import type { StateManager } from './state-manager';

/** The pages hold another instance of this module. */
const shared = singleton<{ state: StateManager | undefined }>('state', () => ({ state: undefined }));

/** Opens the State Manager to the pages, once a process; what is returned closes it. */
export function publishState(state: StateManager): () => void {
  shared.state = state;
  return () => {
    if (shared.state === state) shared.state = undefined;
  };
}

/** @throws {AppError} UNAVAILABLE where it is not open */
export function stateManager(): StateManager {
  if (!shared.state) throw new AppError('UNAVAILABLE', 'Scenarios are not kept here at the moment.');
  return shared.state;
}
