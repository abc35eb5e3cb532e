import { AppError } from '../errors';
import { singleton } from '../singleton';
import type { Arcade } from './arcade';

/** The pages hold another instance of this module. */
const shared = singleton<{ arcade: Arcade | undefined }>('arcade', () => ({ arcade: undefined }));

/** Opens arcade mode, once a process; what is returned closes it. */
export function publishArcade(arcade: Arcade): () => void {
  shared.arcade = arcade;
  return () => {
    if (shared.arcade === arcade) shared.arcade = undefined;
  };
}

/** @throws {AppError} UNAVAILABLE where it is not open */
export function arcadeMode(): Arcade {
  if (!shared.arcade) throw new AppError('UNAVAILABLE', 'Arcade mode is not open here at the moment.');
  return shared.arcade;
}
