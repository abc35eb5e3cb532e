import { deserialize, serialize } from 'node:v8';
import type { Logger } from 'pino';
import { z } from 'zod';
import { AppError, asAppError, publicError } from '../../errors';
import { ASK_TIMEOUT_MS, type Bus, MAX_ASKED, MAX_BUS_BYTES } from '../cluster';
import { countMessage } from '../counts';
import type { Link } from './link';
import type { Names } from './names';

const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tell'), from: z.string(), topic: z.string(), data: z.unknown() }),
  z.object({ kind: z.literal('ask'), from: z.string(), topic: z.string(), data: z.unknown(), id: z.int() }),
  z.object({ kind: z.literal('answer'), from: z.string(), id: z.int(), data: z.unknown() }),
  z.object({
    kind: z.literal('refusal'),
    from: z.string(),
    id: z.int(),
    error: z.object({
      code: z.string(),
      message: z.string(),
      detail: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
]);
type Message = z.infer<typeof message>;

interface Asked {
  readonly nodeId: string;
  settle(answer: { readonly data: unknown } | { readonly error: Error }): void;
}

export interface RedisBus extends Bus {
  listen(): Promise<void>;
  /** Nobody of that name answers any more. */
  gone(nodeId: string): void;
  close(): void;
}

export interface RedisBusOptions {
  readonly names: Names;
  readonly own: string;
  readonly link: Link;
  readonly log: Logger;
  /** A node has said something. */
  heard(nodeId: string): void;
}

/** Messages over Redis's publish and subscribe, with v8's own serialization: it carries bytes as they are. */
export function createRedisBus({ own, names, link, log, heard }: RedisBusOptions): RedisBus {
  const hearers = new Map<string, (data: unknown, from: string) => void>();
  const answerers = new Map<string, (data: unknown, from: string) => Promise<unknown>>();
  const asked = new Map<number, Asked>();
  let lastId = 0;

  function send(channel: string, sent: Message): Promise<void> {
    const bytes = serialize(sent);
    if (bytes.byteLength > MAX_BUS_BYTES)
      return Promise.reject(
        new AppError('TOO_LARGE', `A message between nodes has ${bytes.byteLength} bytes.`),
      );
    countMessage('out', sent.kind);
    return link.publish(channel, bytes);
  }

  function sendOrWarn(channel: string, sent: Message): void {
    send(channel, sent).catch((err: unknown) => {
      countMessage('lost', sent.kind);
      log.warn({ err, kind: sent.kind }, 'a message to another node was lost');
    });
  }

  /** What a node of another version says must not end this one. */
  function receive(bytes: Buffer): void {
    if (bytes.byteLength > MAX_BUS_BYTES) return;
    try {
      take(message.parse(deserialize(bytes)));
    } catch (err) {
      log.warn({ err }, 'a message between nodes could not be read');
    }
  }

  function take(said: Message): void {
    if (said.from === own) return;
    countMessage('in', said.kind);
    heard(said.from);
    switch (said.kind) {
      case 'tell':
        hearers.get(said.topic)?.(said.data, said.from);
        return;
      case 'ask':
        void reply(said);
        return;
      case 'answer':
        asked.get(said.id)?.settle({ data: said.data });
        return;
      case 'refusal': {
        const error = asAppError(
          Object.assign(new Error(said.error.message), said.error, { name: 'AppError' }),
        );
        asked.get(said.id)?.settle({ error: error ?? new Error(said.error.message) });
      }
    }
  }

  async function reply({ topic, data, id, from }: Extract<Message, { kind: 'ask' }>): Promise<void> {
    const to = names.channelOf(from);
    try {
      const answerer = answerers.get(topic);
      if (!answerer) throw new AppError('UNAVAILABLE', `This node does not answer to "${topic}".`);
      sendOrWarn(to, { kind: 'answer', from: own, id, data: await answerer(data, from) });
    } catch (error) {
      if (!asAppError(error)) log.error({ err: error, topic }, 'a question of another node failed');
      const { code, message: text, detail } = publicError(error);
      sendOrWarn(to, {
        kind: 'refusal',
        from: own,
        id,
        error: { code, message: text, ...(detail ? { detail } : {}) },
      });
    }
  }

  return {
    tellAll: (topic, data) => sendOrWarn(names.all, { kind: 'tell', from: own, topic, data }),
    tell: (nodeId, topic, data) =>
      sendOrWarn(names.channelOf(nodeId), { kind: 'tell', from: own, topic, data }),
    hear: (topic, handler) => void hearers.set(topic, handler),
    ask(nodeId, topic, data) {
      if (asked.size >= MAX_ASKED)
        return Promise.reject(new AppError('UNAVAILABLE', 'Too many questions wait for other nodes.'));
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        const settle: Asked['settle'] = (answer) => {
          clearTimeout(timer);
          if (!asked.delete(id)) return;
          if ('error' in answer) reject(answer.error);
          else resolve(answer.data);
        };
        const late = new AppError('UNAVAILABLE', 'Another node of the arcade did not answer in time.');
        const timer = setTimeout(() => settle({ error: late }), ASK_TIMEOUT_MS);
        asked.set(id, { nodeId, settle });
        send(names.channelOf(nodeId), { kind: 'ask', from: own, topic, data, id }).catch((error: unknown) =>
          settle({ error: error instanceof Error ? error : late }),
        );
      });
    },
    answer: (topic, handler) => void answerers.set(topic, handler),
    listen: () => link.subscribe([names.all, names.channelOf(own)], receive),
    gone(nodeId) {
      const error = new AppError('UNAVAILABLE', 'That node of the arcade is gone.', {
        detail: { gone: true },
      });
      for (const { nodeId: whom, settle } of [...asked.values()]) if (whom === nodeId) settle({ error });
    },
    close() {
      const error = new AppError('UNAVAILABLE', 'This node of the arcade is stopping.');
      for (const { settle } of [...asked.values()]) settle({ error });
    },
  };
}
