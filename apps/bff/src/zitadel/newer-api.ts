import { clone, create, createFileRegistry, type DescFile, type DescService, setExtension } from '@bufbuild/protobuf';
import {
  EnumValueDescriptorProtoSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  type MethodDescriptorProto,
  MethodDescriptorProtoSchema,
  MethodOptionsSchema,
} from '@bufbuild/protobuf/wkt';
import { http } from '@zitadel/proto/google/api/annotations_pb.js';
import { HttpRuleSchema } from '@zitadel/proto/google/api/http_pb.js';
import { AdminService as PublishedAdminService } from '@zitadel/proto/zitadel/admin_pb.js';
import { ManagementService as PublishedManagementService } from '@zitadel/proto/zitadel/management_pb.js';
import { UserService as PublishedUserService } from '@zitadel/proto/zitadel/user/v2/user_service_pb.js';

/**
 * What ZITADEL's API has and the newest published descriptors (@zitadel/proto 1.3.1) lack: recovery codes. The missing
 * names are added to the published descriptors here, so that everything else goes on speaking one alphabet. When a
 * newer package has them, this file goes, and its imports with it.
 */
const additions: Record<string, (file: FileDescriptorProto) => void> = {
  'zitadel/policy.proto': (file) => addEnumValue(file, 'SecondFactorType', 'SECOND_FACTOR_TYPE_RECOVERY_CODES', 5),
  'zitadel/user/v2/user_service.proto': (file) => {
    addEnumValue(file, 'AuthenticationMethodType', 'AUTHENTICATION_METHOD_TYPE_RECOVERY_CODE', 8);
    addRemoveRecoveryCodes(file);
  },
};

/** `SecondFactorType` and `AuthenticationMethodType` as far as the published enums lack them. */
export const recoveryCodesSecondFactorType = 5;
export const recoveryCodeMethodType = 8;

const registry = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: amendedFiles([PublishedAdminService.file, PublishedManagementService.file, PublishedUserService.file]),
  }),
);

/** The v1 services whose second factor types include recovery codes. */
export const AdminService = amended(PublishedAdminService);
export const ManagementService = amended(PublishedManagementService);

/** UserService v2 with `removeRecoveryCodes`, which takes and gives what `removeOTPEmail` does. */
export const UserService = amended(PublishedUserService) as typeof PublishedUserService & {
  readonly method: { readonly removeRecoveryCodes: (typeof PublishedUserService)['method']['removeOTPEmail'] };
};

function amended<Service extends DescService>(published: Service): Service {
  const service = registry.getService(published.typeName);
  if (!service) throw new Error(`${published.typeName} is not in the registry`);
  // The amended descriptor has all that the published one has, with the same local names, numbers and shapes.
  return service as Service;
}

/** The files and all they import, each once, imports first, amended. */
function amendedFiles(roots: readonly DescFile[]): FileDescriptorProto[] {
  const files = new Map<string, FileDescriptorProto>();
  const visit = (file: DescFile): void => {
    if (files.has(file.proto.name)) return;
    for (const dependency of file.dependencies) visit(dependency);
    const copy = clone(FileDescriptorProtoSchema, file.proto);
    additions[copy.name]?.(copy);
    files.set(copy.name, copy);
  };
  for (const root of roots) visit(root);
  return [...files.values()];
}

function addEnumValue(file: FileDescriptorProto, enumName: string, name: string, number: number): void {
  const type = file.enumType.find((candidate) => candidate.name === enumName);
  if (!type) throw new Error(`${file.name} has no ${enumName}`);
  if (!type.value.some((value) => value.number === number)) {
    type.value.push(create(EnumValueDescriptorProtoSchema, { name, number }));
  }
}

/** `DELETE /v2/users/{user_id}/recovery_codes`. Its messages are those of its sibling; REST carries no message names. */
function addRemoveRecoveryCodes(file: FileDescriptorProto): void {
  const methods = file.service.find((service) => service.name === 'UserService')?.method ?? [];
  if (methods.some((method) => method.name === 'RemoveRecoveryCodes')) return;
  const sibling = methods.find((method) => method.name === 'RemoveOTPEmail');
  if (!sibling) throw new Error(`${file.name} has no RemoveOTPEmail`);
  const method: MethodDescriptorProto = clone(MethodDescriptorProtoSchema, sibling);
  method.name = 'RemoveRecoveryCodes';
  method.options = clone(MethodOptionsSchema, method.options ?? create(MethodOptionsSchema));
  const pattern = { case: 'delete', value: '/v2/users/{user_id}/recovery_codes' } as const;
  setExtension(method.options, http, create(HttpRuleSchema, { pattern }));
  methods.push(method);
}
