import {
  Client,
  credentials,
  Metadata,
  type MethodDefinition,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningGrpcServer, startGrpcServer } from '../grpc/server';
import { channels } from './channels';
import { forwardedService } from './forward';

const text = {
  serialize: (value: string) => Buffer.from(value),
  deserialize: (bytes: Buffer) => bytes.toString(),
};

function method(
  name: string,
  requestStream: boolean,
  responseStream: boolean,
): MethodDefinition<string, string> {
  return {
    path: `/test.Elsewhere/${name}`,
    requestStream,
    responseStream,
    requestSerialize: text.serialize,
    requestDeserialize: text.deserialize,
    responseSerialize: text.serialize,
    responseDeserialize: text.deserialize,
  };
}

const ELSEWHERE = {
  one: method('One', false, false),
  many: method('Many', false, true),
  collect: method('Collect', true, false),
  chat: method('Chat', true, true),
} satisfies ServiceDefinition;

const log = { info: () => {}, warn: () => {} };
let isCancelled = false;
let written = 0;
let peers: (string | undefined)[] = [];
let inner: RunningGrpcServer;
let outer: RunningGrpcServer;
let client: Client;

beforeAll(async () => {
  inner = await startGrpcServer({
    host: '127.0.0.1',
    port: 0,
    log,
    services: [
      {
        definition: ELSEWHERE,
        implementation: {
          one(call: ServerUnaryCall<string, string>, answer: sendUnaryData<string>) {
            peers.push(call.metadata.get('x-forwarded-for')[0]?.toString());
            const head = new Metadata();
            head.set('said', String(call.metadata.get('say')[0]));
            call.sendMetadata(head);
            if (call.request === 'never') return;
            if (call.request === 'refuse') {
              const metadata = new Metadata();
              metadata.set('arcade-reason', 'full');
              answer({ code: status.RESOURCE_EXHAUSTED, details: 'no seats left', metadata });
            } else answer(null, `${call.request}!`);
          },
          many(call: ServerWritableStream<string, string>) {
            call.on('cancelled', () => {
              isCancelled = true;
            });
            const more = (): void => {
              while (written < Number(call.request)) {
                written += 1;
                if (!call.write('x'.repeat(1_000))) {
                  call.once('drain', more);
                  return;
                }
              }
              call.end();
            };
            more();
          },
          collect(call: ServerReadableStream<string, string>, answer: sendUnaryData<string>) {
            const all: string[] = [];
            call.on('data', (part: string) => all.push(part));
            call.on('end', () => answer(null, all.join(' ')));
          },
          chat(call: ServerDuplexStream<string, string>) {
            call.on('data', (part: string) => call.write(`${part}?`));
            call.on('end', () => call.end());
          },
        },
      },
    ],
  });
  outer = await startGrpcServer({
    host: '127.0.0.1',
    port: 0,
    log,
    services: [forwardedService(ELSEWHERE, `127.0.0.1:${inner.port}`)],
  });
  client = new Client(`127.0.0.1:${outer.port}`, credentials.createInsecure());
});

afterAll(async () => {
  client.close();
  await outer.close();
  channels().close();
  await inner.close();
});

function one(
  request: string,
  deadlineMs = 10_000,
): Promise<{ answer?: string; error?: unknown; said?: string }> {
  const metadata = new Metadata();
  metadata.set('say', 'hello');
  return new Promise((resolve) => {
    let said: string | undefined;
    const call = client.makeUnaryRequest(
      ELSEWHERE.one.path,
      text.serialize,
      text.deserialize,
      request,
      metadata,
      { deadline: Date.now() + deadlineMs },
      (error, answer) => resolve({ error, answer, said } as { answer?: string }),
    );
    call.on('metadata', (head: Metadata) => {
      said = head.get('said')[0]?.toString();
    });
  });
}

describe('PROC-7: services of another process behind this one’s port', () => {
  it('a unary call arrives with its metadata, and so does the answer', async () => {
    expect(await one('hi')).toMatchObject({ answer: 'hi!', said: 'hello' });
  });

  it('a refusal keeps its code, words and trailers', async () => {
    const { error } = await one('refuse');
    expect(error).toMatchObject({ code: status.RESOURCE_EXHAUSTED, details: 'no seats left' });
    expect((error as { metadata: Metadata }).metadata.get('arcade-reason')).toEqual(['full']);
  });

  it('a deadline ends both legs', async () => {
    expect(await one('never', 200)).toMatchObject({ error: { code: status.DEADLINE_EXCEEDED } });
  });

  it('who is on this machine stays so', async () => {
    peers = [];
    await one('hi');
    expect(peers).toEqual([undefined]);
  });

  it('many parts come in order, no faster than they are read, and a cancel goes through', async () => {
    written = 0;
    const call = client.makeServerStreamRequest(
      ELSEWHERE.many.path,
      text.serialize,
      text.deserialize,
      '1000000',
      new Metadata(),
    );
    call.on('error', () => {});
    await new Promise((resolve) => call.once('data', resolve));
    call.pause();
    let before = -1;
    // Windows and buffers fill up; then nothing more is written, far from the end.
    await vi.waitFor(
      () => {
        const now = written;
        const isStill = now === before;
        before = now;
        expect(isStill).toBe(true);
      },
      { timeout: 10_000, interval: 300 },
    );
    expect(written).toBeLessThan(100_000);
    call.cancel();
    await vi.waitFor(() => expect(isCancelled).toBe(true), { timeout: 5_000 });
  });

  it('a client stream and a chat end when the client has said all', async () => {
    const collected = await new Promise((resolve, reject) => {
      const call = client.makeClientStreamRequest(
        ELSEWHERE.collect.path,
        text.serialize,
        text.deserialize,
        new Metadata(),
        (error, answer) => (error ? reject(error) : resolve(answer)),
      );
      call.write('one');
      call.write('two');
      call.end();
    });
    expect(collected).toBe('one two');
    const chat = client.makeBidiStreamRequest(
      ELSEWHERE.chat.path,
      text.serialize,
      text.deserialize,
      new Metadata(),
    );
    const heard: string[] = [];
    chat.on('data', (part: string) => heard.push(part));
    const ended = new Promise((resolve) => chat.on('end', resolve));
    chat.write('who');
    chat.write('where');
    chat.end();
    await ended;
    expect(heard).toEqual(['who?', 'where?']);
  });

  it('without the other process a call ends as UNAVAILABLE, the next ones too', async () => {
    await inner.close();
    for (let call = 0; call < 2; call++)
      expect(await one('hi', 3_000)).toMatchObject({
        error: {
          code: expect.toSatisfy((code) => code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED),
        },
      });
  });
});
