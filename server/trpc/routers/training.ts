import { randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { characterById } from '../../../engine/fighter/characters/roster';
import { serviceKeys } from '../../auth/service-keys';
import { processConfig } from '../../config';
import { getDb } from '../../db/client';
import { AppError, asAppError } from '../../errors';
import { CHARACTER_WORDS } from '../../game/character-words';
import { idSchema } from '../../ids';
import { parseTrainingConfig, type TrainingConfig, trainingConfigSchema } from '../../training/config';
import { askUpstream, type TrainingControl, trainingControl } from '../../training/control-client';
import { isActive, joinTrainings } from '../../training/overview';
import {
  createTrainingRecord,
  discardTrainingRecord,
  findTrainingRecord,
  listTrainingRecords,
} from '../../training/records';
import { targetAt } from '../../upstream/target';
import { playerProcedure, publicProcedure, router } from '../init';

/** Trainings that one player may have waiting or running. */
const MAX_ACTIVE = 2;

const bySession = z.object({ sessionId: idSchema });

const startInput = trainingConfigSchema
  .partial()
  .extend({ name: z.string().trim().max(80).optional() })
  .optional();

/** A name for a training that got none: who learns against whom. */
function matchup({ characterId, opponentCharacterId, opponent }: TrainingConfig): string {
  const nameOf = (id: number) => CHARACTER_WORDS[characterById(id).slug].name;
  return `${nameOf(characterId)} vs ${nameOf(opponentCharacterId)} (${opponent})`;
}

function control(): TrainingControl {
  const { trainingAddress, GRPC_USE_TLS } = processConfig();
  return trainingControl(targetAt(trainingAddress, GRPC_USE_TLS), serviceKeys());
}

/** Trainings: what there is, one of them with its curves, starting and stopping. */
export const trainingRouter = router({
  /**
   * The newest trainings. `control` is false, with the reason, when the training service can't be
   * told to start or stop any.
   */
  list: publicProcedure.query(async () => {
    const [records, upstream] = await Promise.all([
      listTrainingRecords(getDb(), 100),
      askUpstream(control()),
    ]);
    return {
      trainings: joinTrainings(records, upstream, Date.now()),
      control: upstream.control,
      reason: upstream.control ? null : upstream.reason,
    };
  }),

  /**
   * One training with its curves so far. `training` is null when nobody knows the id but the
   * service can't be asked: it may stream it all the same.
   */
  get: publicProcedure.input(bySession).query(async ({ input, ctx }) => {
    const [record, upstream] = await Promise.all([
      findTrainingRecord(getDb(), input.sessionId),
      askUpstream(control()),
    ]);
    const views = joinTrainings(record ? [record] : [], upstream, Date.now());
    const training = views.find(({ sessionId }) => sessionId === input.sessionId) ?? null;
    if (!training && upstream.control) {
      throw new AppError('NOT_FOUND', `There is no training with the id ${input.sessionId}.`);
    }
    const buckets = (record?.buckets ?? []).map(({ field, fromStep, toStep, min, max, last }) => ({
      field,
      fromStep,
      toStep,
      min,
      max,
      last,
    }));
    const mine = training?.ownerId != null && training.ownerId === ctx.user?.playerId;
    return {
      training,
      buckets,
      /** Whether whoever asks may stop it now. */
      mayStop: training !== null && isActive(training) && (mine || ctx.user?.role === 'admin'),
      control: upstream.control,
      reason: upstream.control ? null : upstream.reason,
    };
  }),

  /** Starts a training; what is not given takes its default, the seed a random one. */
  start: playerProcedure.input(startInput).mutation(async ({ input, ctx }) => {
    const { name, ...settings } = input ?? {};
    const config = parseTrainingConfig({ seed: randomInt(1, 2 ** 32), ...settings });
    const { playerId, role } = ctx.user;
    const upstream = control();
    const db = getDb();

    const known = await askUpstream(upstream);
    if (!known.control) throw new AppError('UNIMPLEMENTED', known.reason);
    const records = await listTrainingRecords(db, 50, playerId);
    const active = joinTrainings(records, known, Date.now()).filter(
      (training) => training.ownerId === playerId && isActive(training),
    );
    if (active.length >= MAX_ACTIVE && role !== 'admin') {
      throw new AppError(
        'RATE_LIMITED',
        `You have ${active.length} trainings already. Stop one of them first.`,
      );
    }

    const id = randomUUID();
    const title = name || matchup(config);
    await createTrainingRecord(db, { id, ownerId: playerId, name: title, config });
    try {
      await upstream.start({ sessionId: id, name: title, config });
    } catch (error) {
      // After a timeout nobody knows whether it started, so the record stays until the service is asked.
      if (asAppError(error)?.code !== 'TIMEOUT') await discardTrainingRecord(db, id);
      throw error;
    }
    return { sessionId: id };
  }),

  /** Stops a training: its owner may, and admins. Answers when it has stopped, so its place is free. */
  stop: playerProcedure.input(bySession).mutation(async ({ input, ctx }) => {
    const record = await findTrainingRecord(getDb(), input.sessionId);
    if (record?.ownerId !== ctx.user.playerId && ctx.user.role !== 'admin') {
      throw record
        ? new AppError('FORBIDDEN', 'Only its owner and admins may stop a training.')
        : new AppError('NOT_FOUND', `There is no training with the id ${input.sessionId}.`);
    }
    await control().stop(input.sessionId);
    return { sessionId: input.sessionId };
  }),
});
