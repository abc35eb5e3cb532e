import { AppError } from '../errors';
import type { PartHealth } from '../health';
import { singleton } from '../singleton';
import type { BoardReport } from './guard';

/** What an operator's board is made of, as this process sees it. */
export interface ServiceBoard {
  /** Each part of the process by its name; what does not answer in 2 s is down. */
  parts(): Promise<Readonly<Record<string, PartHealth>>>;
  /** Every way to a service that is called under the policy. */
  ways(): readonly BoardReport[];
}

/** The pages hold another instance of this module. */
const shared = singleton<{ board: ServiceBoard | undefined }>('service-board', () => ({ board: undefined }));

/** Shows the board to admins, once a process; what is returned takes it away. */
export function publishServiceBoard(board: ServiceBoard): () => void {
  shared.board = board;
  return () => {
    if (shared.board === board) shared.board = undefined;
  };
}

/** @throws {AppError} UNAVAILABLE where the process has none */
export function serviceBoard(): ServiceBoard {
  if (!shared.board) throw new AppError('UNAVAILABLE', 'This process keeps no board of its services.');
  return shared.board;
}
