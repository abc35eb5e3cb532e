import { messagesRefused, type ServiceName } from './counts';

/** How a message can break the contract so that nothing after it can be believed. */
export type Breach = 'id' | 'winner' | 'number' | 'too_large' | 'not_decodable';

/** A service broke the contract: its stream is over. */
export class ContractError extends Error {
  override readonly name = 'ContractError';

  constructor(
    readonly service: ServiceName,
    readonly breach: Breach,
  ) {
    super(`The ${service} service breaks its contract: ${breach}.`);
    messagesRefused.inc({ service, reason: breach });
  }
}
