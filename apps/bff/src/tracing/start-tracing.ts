import type { Logger } from 'pino';

/** Spans on their way out. */
export interface Tracing {
  /** Sends what is left, for two seconds at most. */
  stop(): Promise<void>;
}

/**
 * Starts to send spans to the collector of `OTEL_EXPORTER_OTLP_ENDPOINT`, over HTTP. The SDK is loaded only here: it is
 * large, and most installations have no collector. Further variables are OpenTelemetry's own, such as
 * `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER` and `OTEL_SERVICE_NAME`.
 */
export async function startTracing(log: Logger): Promise<Tracing> {
  const { startExport } = await import('./start-export.ts');
  const stop = startExport(() => log.warn('traces could not be sent to the collector'));
  return { stop };
}
