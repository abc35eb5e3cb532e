import type { PaymentState } from './payments';

/** What an intent can be at a processor. */
export const PROCESSOR_STATES = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'canceled',
  'succeeded',
] as const;
export type ProcessorState = (typeof PROCESSOR_STATES)[number];

/** An intent as a processor tells it. */
export interface ProcessorIntent {
  readonly id: string;
  readonly state: ProcessorState;
  /** In the currency's smallest unit. */
  readonly amount: number;
  readonly clientSecret: string | undefined;
  /** Why the latest attempt was declined, where it was. */
  readonly failure: string | undefined;
}

/** The same key again does the same thing once. */
interface Keyed {
  readonly key: string;
}

/**
 * Somebody who moves money in the arcade's stead, shaped like Stripe's payment intents. A call rejects when the processor
 * can't be reached, says no or can't be understood; whether something happened is then not known.
 */
export interface Processor {
  /** It is written into each intent. */
  readonly name: string;
  create(
    request: Keyed & {
      readonly amount: number;
      readonly currency: string;
      readonly metadata: Readonly<Record<string, string>>;
    },
  ): Promise<ProcessorIntent>;
  /** A decline is an answer, not an error. */
  confirm(request: Keyed & { readonly id: string }): Promise<ProcessorIntent>;
  retrieve(id: string): Promise<ProcessorIntent>;
  /** One that is over already stays as it is, and is told. */
  cancel(request: Keyed & { readonly id: string }): Promise<ProcessorIntent>;
  refund(
    request: Keyed & { readonly id: string; readonly amount: number },
  ): Promise<{ readonly refundId: string }>;
}

/** What a processor's state means here. */
const MEANS = {
  requires_payment_method: 'pending',
  requires_confirmation: 'pending',
  requires_action: 'pending',
  processing: 'processing',
  // It is taken a moment later: nothing is paid yet.
  requires_capture: 'processing',
  canceled: 'cancelled',
  succeeded: 'completed',
} as const satisfies Record<ProcessorState, PaymentState>;

/** A declined intent waits for another method at its processor; here it has failed, and a new one is made. */
export function meaningOf({
  state,
  failure,
}: Pick<ProcessorIntent, 'state' | 'failure'>): (typeof MEANS)[ProcessorState] | 'failed' {
  return state === 'requires_payment_method' && failure !== undefined ? 'failed' : MEANS[state];
}
