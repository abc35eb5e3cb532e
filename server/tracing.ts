import { singleton } from './singleton';

/** One piece of work in a trace. */
export interface Span {
  /** Runs what belongs to it: spans and outgoing calls made in there are below it. */
  within<T>(work: () => T): T;
  end(isGood: boolean, status: string): void;
}

/** Makes spans; there is one only where `OTEL_EXPORTER_OTLP_ENDPOINT` is set. */
export interface Tracer {
  /**
   * A call that came in; the trace of whoever called goes on in it.
   * @param header reads `traceparent` and `tracestate` of the call
   */
  startCall(name: string, header: (name: string) => string | undefined): Span;
  /** `traceparent` and `tracestate` for a call that goes out of here. */
  headers(): Readonly<Record<string, string>>;
  /** Sends what is not sent yet. */
  close(): Promise<void>;
}

const current = singleton<{ tracer: Tracer | undefined }>('tracer', () => ({ tracer: undefined }));

/** The process's tracer; undefined, and free of cost, where tracing is off. */
export const tracer = (): Tracer | undefined => current.tracer;

/**
 * Starts to trace. OpenTelemetry is loaded here and nowhere else: who does not trace does not pay for it.
 * @param endpoint of an OTLP collector over HTTP, such as `http://127.0.0.1:4318`
 */
export async function startTracing(endpoint: string, service: string): Promise<Tracer> {
  const [api, { BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `arcade-clash-${service}` }),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })),
    ],
  });
  provider.register();
  const spans = provider.getTracer('arcade-clash');
  const started: Tracer = {
    startCall(name, header) {
      const parent = api.propagation.extract(api.ROOT_CONTEXT, header, {
        get: (read, key) => read(key),
        keys: () => ['traceparent', 'tracestate'],
      });
      const span = spans.startSpan(name, { kind: api.SpanKind.SERVER }, parent);
      return {
        within: (work) => api.context.with(api.trace.setSpan(parent, span), work),
        end(isGood, status) {
          span.setAttribute('arcade.status', status);
          if (!isGood) span.setStatus({ code: api.SpanStatusCode.ERROR, message: status });
          span.end();
        },
      };
    },
    headers() {
      const carrier: Record<string, string> = {};
      api.propagation.inject(api.context.active(), carrier);
      return carrier;
    },
    async close() {
      current.tracer = undefined;
      await provider.shutdown();
    },
  };
  current.tracer = started;
  return started;
}
