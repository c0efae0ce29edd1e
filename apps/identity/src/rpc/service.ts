import type { DescService } from '@bufbuild/protobuf';
import type { ServiceImpl } from '@connectrpc/connect';

/** Methods of a service, as the doors take them. A service may come in several parts, one method in one only. */
export interface ServicePart {
  readonly service: DescService;
  readonly impl: Partial<ServiceImpl<DescService>>;
}

/** Ties methods to their service, checked against the descriptor's types. */
export function part<Service extends DescService>(service: Service, impl: Partial<ServiceImpl<Service>>): ServicePart {
  return { service, impl };
}
