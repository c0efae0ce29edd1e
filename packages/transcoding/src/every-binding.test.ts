import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type DescField,
  type DescMessage,
  type DescService,
  equals,
  type Message,
  ScalarType,
  toJson,
} from '@bufbuild/protobuf';
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect';
import { Code, ConnectError, type ServiceImpl, type Transport } from '@connectrpc/connect';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDirectTransport } from './direct-transport.ts';
import { createRestHandler } from './rest-handler.ts';
import { createRestTransport } from './rest-transport.ts';
import { Router } from './router.ts';
import { type Binding, bindingsOf } from './rule.ts';
import { expandTemplate } from './template.ts';
import { arbitraryMessage, text } from './testing/arbitrary-message.ts';
import { publishedServices } from './testing/published-services.ts';
import { hasText } from './well-known-text.ts';

const RUNS = Number(process.env.TRANSCODING_RUNS ?? 5);

/** Bindings with fields that no query can say, in grpc-gateway neither: lists of messages, or messages of nothing else. */
const KNOWN_INEXPRESSIBLE: Readonly<Record<string, readonly string[]>> = {
  'zitadel.admin.v1.AdminService/ListInstanceDomains': ['queries'],
  'zitadel.admin.v1.AdminService/ListInstanceTrustedDomains': ['queries'],
  'zitadel.management.v1.ManagementService/ListGrantedProjectRoles': ['queries'],
  'zitadel.project.v2beta.ProjectService/ListProjectRoles': ['filters'],
};

/** Bindings nobody can reach, because a later one of the same service takes their paths too. */
const KNOWN_SHADOWED: readonly string[] = [
  'zitadel.internal_permission.v2beta.InternalPermissionService/ListAdministrators',
];

const services = (await publishedServices()).filter((service) => bindingsOf(service).length > 0);
const all = services.flatMap((service) => bindingsOf(service));

/** What is on the other side: it keeps what came and answers what it was told to. */
const desk: { came: Message | undefined; answer: Message | undefined } = { came: undefined, answer: undefined };

function implAll(service: DescService): Partial<ServiceImpl<DescService>> {
  const handler = (request: Message) => {
    desk.came = request;
    return Promise.resolve(desk.answer);
  };
  const impl: Record<string, unknown> = {};
  for (const { localName } of service.methods) impl[localName] = handler;
  return impl as Partial<ServiceImpl<DescService>>;
}

it('knows how many bindings there are', () => {
  expect(services.length).toBeGreaterThan(25);
  expect(all.length).toBeGreaterThan(800);
});

it('knows which fields no query can say', () => {
  const found = Object.fromEntries(
    all.flatMap((binding) => {
      const fields = unsayable(binding);
      return fields.length === 0 ? [] : [[nameOf(binding), fields]];
    }),
  );
  expect(found).toEqual(KNOWN_INEXPRESSIBLE);
});

it('knows which bindings are out of reach', () => {
  expect(services.flatMap((service) => [...shadowedOf(service)])).toEqual(KNOWN_SHADOWED);
});

describe.each(services.map((service) => [service.typeName, service] as const))('%s', (_, service) => {
  let server: Server;
  let transport: Transport;
  beforeAll(async () => {
    const direct = createDirectTransport({ services: [{ service, impl: implAll(service) }] });
    server = createServer(
      createRestHandler({ services: [service], transport: direct, prefixOf: () => '/some/prefix' }),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    transport = createRestTransport({ baseUrl: `http://127.0.0.1:${port}/`, prefixOf: () => '/some/prefix' });
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  it('carries every message both ways, or refuses what REST cannot say', async () => {
    const shadowed = shadowedOf(service);
    for (const binding of bindingsOf(service).filter((each) => !shadowed.has(nameOf(each)))) {
      const { input, output } = binding.method;
      const property = fc.asyncProperty(
        arbitraryMessage(input, pathTexts(binding)),
        arbitraryMessage(output),
        async (request, answer) => {
          desk.came = undefined;
          desk.answer = answer;
          if (cannotBeSaid(reflect(input, request), boundBy(binding))) await expectRefusal(transport, binding, request);
          else await expectEqual(transport, binding, request, answer);
        },
      );
      await fc.assert(property, { numRuns: RUNS });
    }
  }, 120_000);
});

function nameOf({ method }: Binding): string {
  return `${method.parent.typeName}/${method.name}`;
}

/** Bindings of a service whose own path leads to another. */
function shadowedOf(service: DescService): ReadonlySet<string> {
  const bindings = bindingsOf(service);
  const router = new Router<string>();
  for (const { httpMethod, template, method } of bindings) router.add(httpMethod, template, method.name);
  const isShadowed = ({ httpMethod, template, method }: Binding) =>
    router.match(
      httpMethod,
      expandTemplate(template, () => 'x'),
    )?.value !== method.name;
  return new Set(bindings.filter(isShadowed).map(nameOf));
}

async function expectEqual(
  transport: Transport,
  { method }: Binding,
  request: Message,
  answer: Message,
): Promise<void> {
  const result = await transport.unary(method, undefined, undefined, undefined, request);
  const show = (desc: DescMessage, message: Message) => JSON.stringify(toJson(desc, message));
  if (!desk.came || !equals(method.input, desk.came, request)) {
    expect.fail(
      `${method.name}: sent ${show(method.input, request)}, came ${desk.came ? show(method.input, desk.came) : 'nothing'}`,
    );
  }
  if (!equals(method.output, result.message, answer)) {
    expect.fail(`${method.name}: answered ${show(method.output, answer)}, came ${show(method.output, result.message)}`);
  }
}

async function expectRefusal(transport: Transport, { method }: Binding, request: Message): Promise<void> {
  const error = await transport
    .unary(method, undefined, undefined, undefined, request)
    .catch((reason: unknown) => reason);
  expect(ConnectError.from(error).code).toBe(Code.InvalidArgument);
  expect(desk.came).toBeUndefined();
}

/** Path variables that are in the message itself get texts a path can say. */
function pathTexts({ template, method }: Binding): Record<string, fc.Arbitrary<string>> {
  const texts: Record<string, fc.Arbitrary<string>> = {};
  for (const { fieldPath, multiple } of template.variables) {
    const field = method.input.fields.find(({ name }) => name === fieldPath);
    if (field?.fieldKind !== 'scalar' || field.scalar !== ScalarType.STRING) continue;
    const part = text.filter((each) => !/^\.{0,2}$|\//.test(each));
    texts[fieldPath] = multiple ? fc.array(part, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('/')) : part;
  }
  return texts;
}

function boundBy({ body, template }: Binding): ReadonlySet<string> | undefined {
  if (body.kind === 'all') return undefined;
  const bound = new Set(template.variables.map(({ fieldPath }) => fieldPath));
  if (body.kind === 'field') bound.add(body.field.name);
  return bound;
}

/** Whether a message has something set, outside `bound`, that a query has no words for. */
function cannotBeSaid(message: ReflectMessage, bound: ReadonlySet<string> | undefined): boolean {
  if (!bound) return false;
  return message.fields.some((field) => {
    if (!message.isSet(field) || bound.has(field.name)) return false;
    if (isUnsayable(field)) return true;
    if (field.fieldKind !== 'message' || hasText(field.message)) return false;
    const inner = message.get(field);
    return !inner.fields.some((each) => inner.isSet(each)) || cannotBeSaid(inner, new Set());
  });
}

function isUnsayable(field: DescField): boolean {
  return (
    (field.fieldKind === 'list' || field.fieldKind === 'map') && field.message !== undefined && !hasText(field.message)
  );
}

/** Fields outside path and body that are lists or maps of messages, also in messages below. */
function unsayable(binding: Binding): string[] {
  const bound = boundBy(binding);
  if (!bound) return [];
  const walk = (desc: DescMessage, prefix: string, depth: number): string[] =>
    desc.fields.flatMap((field) => {
      if (depth === 0 && bound.has(field.name)) return [];
      if (isUnsayable(field)) return [prefix + field.name];
      if (field.fieldKind !== 'message' || hasText(field.message) || depth > 3) return [];
      return walk(field.message, `${prefix}${field.name}.`, depth + 1);
    });
  return walk(binding.method.input, '', 0);
}
