import { AppError } from '../errors';
import type { PartHealth } from '../health';
import { singleton } from '../singleton';
import type { HourOfCalls } from './call-record';
import type { ServiceName } from './counts';
import type { GuardReport } from './guard';
import type { LatencySummary } from './histograms';

/** A way to a service, or what the gateway answered itself, over one protocol: the last minute and the last hour. */
export interface BoardWay extends LatencySummary, HourOfCalls, Pick<GuardReport, 'active' | 'waiting'> {
  readonly service: ServiceName | 'gateway';
  readonly protocol: string;
  /** Null where calls come in: nothing stands between. */
  readonly breaker: GuardReport['breaker'] | null;
  /** How long until the breaker lets a call through; 0 when it would now. Milliseconds. */
  readonly closedForMs: number;
}

/** What an operator's board is made of, as this process sees it. */
export interface ServiceBoard {
  /** Each part of the process by its name; what does not answer in 2 s is down. */
  parts(): Promise<Readonly<Record<string, PartHealth>>>;
  /** What the gateway answered, and every way to a service that is called under the policy. */
  ways(): readonly BoardWay[];
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
