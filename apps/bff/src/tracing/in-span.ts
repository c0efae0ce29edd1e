import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

/** Ours in every trace. Without an exporter, which is the default, it makes spans that cost and keep nothing. */
export const tracer = trace.getTracer('latchkey-bff');

/** What a span may say: names of methods, routes and codes. Never an id, an address of a person or a message. */
export type SpanAttributes = Readonly<Record<string, string | number>>;

/**
 * Measures one call to ZITADEL as a span.
 *
 * @param name the same for all calls of its kind.
 * @param describe what a failure adds, from its kind only: messages of others may name people.
 */
export async function inSpan<Value>(
  name: string,
  attributes: SpanAttributes,
  call: () => Promise<Value>,
  describe: (error: unknown) => string = nameOf,
): Promise<Value> {
  return await tracer.startActiveSpan(name, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      return await call();
    } catch (error) {
      span.setAttribute('error.type', describe(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
