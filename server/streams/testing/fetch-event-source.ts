type Listener = (event: Event) => void;

const RETRY_MS = 20;

/**
 * EventSource for Node, as far as tRPC's `httpSubscriptionLink` uses it: parses the stream, remembers the
 * last id, and comes back with it after the connection breaks.
 */
export class FetchEventSource extends EventTarget {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSED = 2;
  readyState: number = this.CONNECTING;
  /** Connections made by all instances. */
  static connections = 0;
  readonly #url: string;
  readonly #abort = new AbortController();
  #lastEventId = '';

  constructor(url: string) {
    super();
    this.#url = url;
    void this.#run();
  }

  override addEventListener(type: string, listener: Listener): void {
    super.addEventListener(type, listener);
  }

  override removeEventListener(type: string, listener: Listener): void {
    super.removeEventListener(type, listener);
  }

  close(): void {
    this.readyState = this.CLOSED;
    this.#abort.abort();
  }

  async #run(): Promise<void> {
    while (this.readyState !== this.CLOSED) {
      await this.#connect().catch(() => undefined);
      if (this.#abort.signal.aborted) return;
      this.readyState = this.CONNECTING;
      this.dispatchEvent(new Event('error'));
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  async #connect(): Promise<void> {
    FetchEventSource.connections += 1;
    const headers: Record<string, string> = { accept: 'text/event-stream' };
    if (this.#lastEventId !== '') headers['last-event-id'] = this.#lastEventId;
    const response = await fetch(this.#url, { headers, signal: this.#abort.signal });
    if (!response.ok || !response.body) {
      this.close();
      this.dispatchEvent(new Event('error'));
      return;
    }
    this.readyState = this.OPEN;
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let text = '';
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      text += decoder.decode(chunk.value, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        this.#tell(text.slice(0, end));
        text = text.slice(end + 2);
      }
    }
  }

  #tell(block: string): void {
    let type = 'message';
    let data = '';
    for (const line of block.split('\n')) {
      const [, field, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
      if (field === 'event' && value) type = value;
      else if (field === 'data') data = value ?? '';
      else if (field === 'id') this.#lastEventId = value ?? '';
    }
    if (data === '' && type === 'message') return;
    this.dispatchEvent(new MessageEvent(type, { data, lastEventId: this.#lastEventId }));
  }
}
