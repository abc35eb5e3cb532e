import { z } from 'zod';
import {
  CreatePaymentIntentRequest,
  CreatePaymentIntentResponse,
  PaymentMethod,
  PaymentScenario,
  PaymentServiceService,
} from '../../grpc/gen/proto/payment/v1/payment';
import { keptByUser, nameOf, type Operation } from '../operation';
import type { PaymentService } from '../services';
import { amountJson, CURRENCY, paymentWord } from '../wire-json';
import { id, text, textOf } from './fields';
import { at, BASE, price } from './payment-base';

/** How somebody begins to pay. */

const SCENARIOS = {
  approve: PaymentScenario.PAYMENT_SCENARIO_APPROVE,
  fail: PaymentScenario.PAYMENT_SCENARIO_FAIL,
  delay: PaymentScenario.PAYMENT_SCENARIO_DELAY,
  random: PaymentScenario.PAYMENT_SCENARIO_RANDOM,
  timeout: PaymentScenario.PAYMENT_SCENARIO_TIMEOUT,
} as const;
const scenario = z.enum(['approve', 'fail', 'delay', 'random', 'timeout']);

const METHODS = {
  credit_card: PaymentMethod.PAYMENT_METHOD_CREDIT_CARD,
  debit_card: PaymentMethod.PAYMENT_METHOD_DEBIT_CARD,
  bank_transfer: PaymentMethod.PAYMENT_METHOD_BANK_TRANSFER,
  mobile_pay: PaymentMethod.PAYMENT_METHOD_MOBILE_PAY,
  digital_wallet: PaymentMethod.PAYMENT_METHOD_DIGITAL_WALLET,
} as const;

export function createPaymentIntent(
  service: PaymentService,
): Operation<CreatePaymentIntentRequest, CreatePaymentIntentResponse> {
  const method = PaymentServiceService.createPaymentIntent;
  return {
    ...BASE,
    name: nameOf(method),
    grpc: method,
    keeping: keptByUser(method),
    run: service.createPaymentIntent,
    failed: (error) => CreatePaymentIntentResponse.create({ error }),
    http: [
      {
        method: 'POST',
        paths: at('/intent'),
        summary: 'Say what is going to be paid for a hold',
        input: z
          .object({
            reservation_id: id,
            amount: price,
            currency: z.string().max(10).nullish(),
            user_id: text,
            scenario: scenario.nullish(),
            method: z
              .enum(['credit_card', 'debit_card', 'bank_transfer', 'mobile_pay', 'digital_wallet'])
              .nullish(),
            webhook_url: textOf(2_000),
          })
          .transform((input) =>
            CreatePaymentIntentRequest.create({
              reservation_id: input.reservation_id,
              amount: {
                amount: BigInt(input.amount.amount),
                currency: input.amount.currency || input.currency || CURRENCY,
              },
              user_id: input.user_id,
              scenario: input.scenario ? SCENARIOS[input.scenario] : 0,
              method: input.method ? METHODS[input.method] : 0,
              webhook_url: input.webhook_url,
            }),
          ),
        faults: { reservation_id: 'missing_reservation_id', amount: 'bad_amount' },
        needsKey: true,
        success: 200,
        write: (answer, request) => ({
          payment_intent_id: answer.payment_intent_id,
          status: paymentWord(answer.status),
          ...amountJson(request.amount),
          reservation_id: request.reservation_id,
          client_secret: answer.client_secret,
          payment_url: answer.payment_url,
          expires_at: answer.expires_at,
        }),
        output: z.object({
          payment_intent_id: z.string(),
          status: z.string(),
          amount: z.int(),
          currency: z.string(),
          reservation_id: z.string(),
          client_secret: z.string(),
          payment_url: z.string(),
          expires_at: z.iso.datetime(),
        }),
      },
    ],
  };
}
