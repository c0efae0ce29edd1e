import {
  create,
  type DescMessage,
  type DescService,
  fromJson,
  isMessage,
  type Message,
  toJson,
} from '@bufbuild/protobuf';
import type { HandlerContext } from '@connectrpc/connect';
import type { ServicePart } from '../service.ts';

type Handler = (request: Message, context: HandlerContext) => unknown;

/**
 * A v2beta service from the handlers of its v2 twin: methods that both have, by name. Their messages have the same fields, by name, where
 * both have them; what only one has is left out.
 *
 * @param parts where the handlers of the v2 service are
 */
export function betaTwin(beta: DescService, stable: DescService, parts: readonly ServicePart[]): ServicePart {
  const impl: Record<string, unknown> = {};
  for (const [name, handler] of parts.filter(({ service }) => service === stable).flatMap(handlersOf)) {
    const from = beta.method[name];
    const to = stable.method[name];
    if (!from || !to) continue;
    impl[name] = async (request: Message, context: HandlerContext) => {
      const answer = await handler(convert(from.input, to.input, request), context);
      return convert(to.output, from.output, answer);
    };
  }
  return { service: beta, impl: impl as ServicePart['impl'] };
}

function handlersOf({ impl }: ServicePart): [string, Handler][] {
  const handlers: Record<string, unknown> = { ...impl };
  return Object.entries(handlers).filter((entry): entry is [string, Handler] => typeof entry[1] === 'function');
}

function convert(from: DescMessage, to: DescMessage, value: unknown): Message {
  const message = isMessage(value, from) ? value : create(from, value as Message);
  return fromJson(to, toJson(from, message), { ignoreUnknownFields: true });
}
