import { DiagLogLevel, diag } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

// A collector that hangs does not keep the BFF from stopping.
const flushPatience = 2_000;

/**
 * Registers the SDK. No detectors: what a resource says of this machine is the operator's to say.
 *
 * @param onFault told that something could not be sent; the SDK's own words may hold the collector's credentials.
 * @returns a stop that sends what is left.
 */
export function startExport(onFault: () => void): () => Promise<void> {
  const ignore = () => undefined;
  diag.setLogger(
    { error: onFault, warn: ignore, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': process.env.OTEL_SERVICE_NAME || 'latchkey-bff' }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return async () => {
    const patience = new Promise<void>((resolve) => setTimeout(resolve, flushPatience).unref());
    await Promise.race([provider.shutdown().catch(onFault), patience]);
  };
}
