import type { DescMethod, DescService } from '@bufbuild/protobuf';
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import { isV1 } from './services.ts';

/** Methods of one ZITADEL service that we serve. A service may be spread over several of these, one method in one only. */
export interface Implementation {
  readonly service: DescService;
  readonly impl: Partial<ServiceImpl<DescService>>;
}

/**
 * Ties methods to their service, checked against the descriptor's types.
 *
 * @param service the official descriptor, for example `UserService` of `zitadel/user/v2`
 * @param impl handlers by the method's name in lowerCamelCase; what is left out answers UNIMPLEMENTED through every door
 */
export function implement<T extends DescService>(service: T, impl: Partial<ServiceImpl<T>>): Implementation {
  return { service, impl };
}

/**
 * Each service with all its methods: those implemented, and for the others an UNIMPLEMENTED in ZITADEL's words. Services are told apart by
 * name, because ours are newer than the published descriptors that implementations are written against.
 *
 * @throws Error when two implementations have the same method, or are of no service there is
 */
export function completeServices(
  services: readonly DescService[],
  implementations: readonly Implementation[],
): Implementation[] {
  const unknown = implementations.find((each) => !services.some(({ typeName }) => typeName === each.service.typeName));
  if (unknown) throw new Error(`there is no service ${unknown.service.typeName}`);
  return services.map((service) => {
    const impl: Record<string, unknown> = {};
    for (const part of implementations.filter((each) => each.service.typeName === service.typeName)) {
      for (const [name, handler] of Object.entries(part.impl)) {
        if (name in impl) throw new Error(`${service.typeName}.${name} is implemented twice`);
        impl[name] = handler;
      }
    }
    for (const method of service.methods) impl[method.localName] ??= () => Promise.reject(unimplemented(method));
    return { service, impl: impl as Partial<ServiceImpl<DescService>> };
  });
}

function unimplemented(method: DescMethod): ConnectError {
  const text = isV1(method.parent)
    ? `method ${method.name} not implemented`
    : `${method.parent.typeName}.${method.name} is not implemented`;
  return new ConnectError(text, Code.Unimplemented);
}
