import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { roomLogger } from '../logger';
import { loginWatch } from './login-watch';
import { forgetAllPlayers, forgetPlayer, trustCacheFor } from './players';

/** What the database's triggers say a player's id on: epoch, ban, role, deletion, log-out (prisma/migrations). */
const CHANNEL = 'arcade_logins';
/** A connection that says nothing may be half-open, or a pooler's that listens to nobody: so often it hears itself. */
const CHECK_EVERY_MS = 400;
const ANSWER_MS = 400;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/** While the news come, what is known of a player may be kept; without them it is looked up as often as is promised. */
const KEPT_MS = { listening: 3_000, deaf: 400 } as const;

const log = roomLogger('auth');

/**
 * Hears from the database whose log-ins have changed, whichever process changed them, so that what was opened with them ends
 * within a second. Without a connection, or behind a pooler that passes no notifications on, the watch looks more often.
 */
export class LoginNews {
  readonly #url: string;
  #client: Client | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = FIRST_PAUSE_MS;
  #question: string | undefined;
  #isListening = false;
  #isClosed = false;

  /** @param url PostgreSQL connection URL; a connection of its own is kept open. */
  constructor(url: string) {
    this.#url = url;
    void this.#connect();
  }

  /** Whether the news come at the moment. */
  get isListening(): boolean {
    return this.#isListening;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#setListening(false);
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new Client({
      connectionString: this.#url,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: 'arcade-clash news',
    });
    this.#client = client;
    client.on('notification', ({ payload = '' }) => this.#hear(payload));
    client.on('error', () => undefined);
    client.once('end', () => this.#lost(client));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      await this.#ask(client);
    } catch (error) {
      log.debug({ err: error }, 'the news of log-ins do not come');
      this.#lost(client);
    }
  }

  /** Hears itself before it is believed. */
  async #ask(client: Client): Promise<void> {
    this.#question = `?${randomUUID()}`;
    this.#timer = setTimeout(() => this.#lost(client), ANSWER_MS);
    await client.query('select pg_notify($1, $2)', [CHANNEL, this.#question]);
  }

  #hear(payload: string): void {
    if (!payload.startsWith('?')) {
      forgetPlayer(payload);
      loginWatch().heard(payload);
      return;
    }
    const client = this.#client;
    if (payload !== this.#question || !client || this.#isClosed) return;
    this.#question = undefined;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#setListening(true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(client).catch(() => this.#lost(client)), CHECK_EVERY_MS);
    this.#timer.unref();
  }

  #lost(client: Client): void {
    if (this.#client !== client || this.#isClosed) return;
    this.#client = undefined;
    clearTimeout(this.#timer);
    this.#setListening(false);
    client.end().catch(() => undefined);
    this.#timer = setTimeout(() => void this.#connect(), this.#pauseMs);
    this.#timer.unref();
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  #setListening(isListening: boolean): void {
    if (this.#isListening === isListening) return;
    this.#isListening = isListening;
    trustCacheFor(isListening ? KEPT_MS.listening : KEPT_MS.deaf);
    // What changed between two connections was told to nobody.
    forgetAllPlayers();
    loginWatch().hasNews(isListening);
    log.info({ isListening }, 'news of log-ins');
  }
}
