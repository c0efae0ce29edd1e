import { clone, create, createFileRegistry, type DescFile, type DescService, setExtension } from '@bufbuild/protobuf';
import { protoCamelCase } from '@bufbuild/protobuf/reflect';
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  EnumDescriptorProtoSchema,
  EnumValueDescriptorProtoSchema,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldDescriptorProtoSchema,
  FieldOptionsSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  type MethodDescriptorProto,
  MethodDescriptorProtoSchema,
  MethodOptionsSchema,
  OneofOptionsSchema,
} from '@bufbuild/protobuf/wkt';
import { http } from '@zitadel/proto/google/api/annotations_pb.js';
import { HttpRuleSchema } from '@zitadel/proto/google/api/http_pb.js';
import { FieldRulesSchema, required, rules } from '@zitadel/proto/validate/validate_pb.js';

/** What ZITADEL has added to a file since the descriptors were published. */
type Addition = (file: FileDescriptorProto) => void;

/** By the file's name. Numbers are those of ZITADEL's own files. */
const ADDITIONS: Readonly<Record<string, Addition>> = {
  'zitadel/filter/v2/filter.proto': addByteFilterMethod,
  'zitadel/metadata/v2/metadata.proto': addMetadataValueFilter,
  'zitadel/policy.proto': (file) => addEnumValue(file, 'SecondFactorType', 'SECOND_FACTOR_TYPE_RECOVERY_CODES', 5),
  'zitadel/settings/v2/login_settings.proto': addLoginSettings,
  'zitadel/session/v2/session.proto': addToSession,
  'zitadel/session/v2/session_service.proto': addSessionCheck,
  'zitadel/user/v2/query.proto': addMetadataQueries,
  'zitadel/user/v2/user_service.proto': addUserMethods,
};

/**
 * The services of the published descriptors with the additions made: for messages made by the published ones they are the same types.
 *
 * @throws Error when an addition finds nothing to add to, or is already there: then it is time to drop it
 */
export function withAdditions(services: readonly DescService[]): DescService[] {
  const files = new Map<string, FileDescriptorProto>();
  for (const { file } of services) collect(file, files);
  for (const [name, addition] of Object.entries(ADDITIONS)) {
    const file = clone(FileDescriptorProtoSchema, found(files.get(name), name));
    addition(file);
    files.set(name, file);
  }
  const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: inOrder(files) }));
  return services.map(({ typeName }) => found(registry.getService(typeName), typeName));
}

/** A file after those it depends on, as a registry wants them. */
function collect(file: DescFile, into: Map<string, FileDescriptorProto>): void {
  if (into.has(file.proto.name)) return;
  for (const dependency of file.dependencies) collect(dependency, into);
  into.set(file.proto.name, file.proto);
}

/** The same order, which an addition that imports a file may have upset. */
function inOrder(files: ReadonlyMap<string, FileDescriptorProto>): FileDescriptorProto[] {
  const sorted = new Map<string, FileDescriptorProto>();
  const put = (name: string) => {
    if (sorted.has(name)) return;
    const file = found(files.get(name), name);
    for (const dependency of file.dependency) put(dependency);
    sorted.set(name, file);
  };
  for (const name of files.keys()) put(name);
  return [...sorted.values()];
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`the published descriptors have no ${name}`);
  return value;
}

function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  return found(
    list.find((each) => each.name === name),
    name,
  );
}

function addEnumValue(file: FileDescriptorProto, enumName: string, name: string, number: number): void {
  const { value } = named(file.enumType, enumName);
  if (value.some((each) => each.number === number)) throw new Error(`${enumName} has a ${number} by now`);
  value.push(create(EnumValueDescriptorProtoSchema, { name, number }));
}

function addMessageField(message: DescriptorProto, name: string, number: number, typeName: string): void {
  if (message.field.some((each) => each.number === number)) throw new Error(`${message.name} has a ${number} by now`);
  message.field.push(
    create(FieldDescriptorProtoSchema, {
      name,
      number,
      typeName,
      jsonName: protoCamelCase(name),
      type: FieldDescriptorProto_Type.MESSAGE,
      label: FieldDescriptorProto_Label.OPTIONAL,
    }),
  );
}

/** A message like another, under another name: rules and options of the fields come along. */
function addMessageLike(file: FileDescriptorProto, model: string, name: string): DescriptorProto {
  const message = clone(DescriptorProtoSchema, named(file.messageType, model));
  message.name = name;
  file.messageType.push(message);
  return message;
}

/** `allow_local_authentication` takes the place of `allow_username_password`, which is still answered beside it. */
function addLoginSettings(file: FileDescriptorProto): void {
  addEnumValue(file, 'SecondFactorType', 'SECOND_FACTOR_TYPE_RECOVERY_CODES', 5);
  const { field } = named(file.messageType, 'LoginSettings');
  const added = clone(FieldDescriptorProtoSchema, named(field, 'force_mfa_local_only'));
  field.push(
    Object.assign(added, { name: 'allow_local_authentication', jsonName: 'allowLocalAuthentication', number: 23 }),
  );
}

/** What a session can prove, and one more way to look for sessions. */
function addToSession(file: FileDescriptorProto): void {
  addMessageLike(file, 'TOTPFactor', 'RecoveryCodeFactor');
  addMessageField(named(file.messageType, 'Factors'), 'recovery_code', 8, '.zitadel.session.v2.RecoveryCodeFactor');
  const query = addMessageLike(file, 'CreationDateQuery', 'ExpirationDateQuery');
  Object.assign(named(query.field, 'creation_date'), { name: 'expiration_date', jsonName: 'expirationDate' });
  const search = named(file.messageType, 'SearchQuery');
  addMessageField(search, 'expiration_date_query', 6, '.zitadel.session.v2.ExpirationDateQuery');
  named(search.field, 'expiration_date_query').oneofIndex = 0;
}

function addSessionCheck(file: FileDescriptorProto): void {
  const check = addMessageLike(file, 'CheckPassword', 'CheckRecoveryCode');
  named(check.field, 'password').name = 'code';
  for (const field of check.field) field.jsonName = field.name;
  addMessageField(named(file.messageType, 'Checks'), 'recovery_code', 8, '.zitadel.session.v2.CheckRecoveryCode');
  requireOneof(named(file.messageType, 'CheckUser'), 'search');
}

function requireOneof(message: DescriptorProto, name: string): void {
  const oneof = named(message.oneofDecl, name);
  oneof.options ??= create(OneofOptionsSchema);
  setExtension(oneof.options, required, true);
}

function addUserMethods(file: FileDescriptorProto): void {
  addEnumValue(file, 'AuthenticationMethodType', 'AUTHENTICATION_METHOD_TYPE_RECOVERY_CODE', 8);
  const request = addMessageLike(file, 'RemoveOTPEmailRequest', 'GenerateRecoveryCodesRequest');
  const { OPTIONAL, REPEATED } = FieldDescriptorProto_Label;
  const { UINT32, STRING } = FieldDescriptorProto_Type;
  const options = create(FieldOptionsSchema);
  setExtension(options, rules, create(FieldRulesSchema, { type: { case: 'uint32', value: { gt: 0 } } }));
  request.field.push(
    create(FieldDescriptorProtoSchema, {
      name: 'count',
      jsonName: 'count',
      number: 2,
      type: UINT32,
      label: OPTIONAL,
      options,
    }),
  );
  const response = addMessageLike(file, 'RemoveOTPEmailResponse', 'GenerateRecoveryCodesResponse');
  response.field.push(
    create(FieldDescriptorProtoSchema, {
      name: 'recovery_codes',
      jsonName: 'recoveryCodes',
      number: 2,
      type: STRING,
      label: REPEATED,
    }),
  );
  addMessageLike(file, 'RemoveOTPEmailRequest', 'RemoveRecoveryCodesRequest');
  addMessageLike(file, 'RemoveOTPEmailResponse', 'RemoveRecoveryCodesResponse');
  const path = '/v2/users/{user_id}/recovery_codes';
  addMethod(file, 'GenerateRecoveryCodes', { pattern: { case: 'post', value: path }, body: '*' });
  addMethod(file, 'RemoveRecoveryCodes', { pattern: { case: 'delete', value: path } });
}

function addMethod(
  file: FileDescriptorProto,
  name: string,
  rule: { pattern: { case: 'post' | 'delete'; value: string }; body?: string },
): void {
  const { method } = named(file.service, 'UserService');
  const model: MethodDescriptorProto = named(method, 'RemoveOTPEmail');
  const options = clone(MethodOptionsSchema, found(model.options, 'options'));
  setExtension(options, http, create(HttpRuleSchema, rule));
  method.push(
    create(MethodDescriptorProtoSchema, {
      name,
      inputType: `.zitadel.user.v2.${name}Request`,
      outputType: `.zitadel.user.v2.${name}Response`,
      options,
    }),
  );
}

/** Bytes are equal or not. */
function addByteFilterMethod(file: FileDescriptorProto): void {
  const method = create(EnumDescriptorProtoSchema, { name: 'ByteFilterMethod' });
  for (const [number, name] of ['BYTE_FILTER_METHOD_EQUALS', 'BYTE_FILTER_METHOD_NOT_EQUALS'].entries()) {
    method.value.push(create(EnumValueDescriptorProtoSchema, { name, number }));
  }
  file.enumType.push(method);
}

function addMetadataValueFilter(file: FileDescriptorProto): void {
  const filter = addMessageLike(file, 'MetadataKeyFilter', 'MetadataValueFilter');
  const options = create(FieldOptionsSchema);
  setExtension(options, rules, create(FieldRulesSchema, { type: { case: 'bytes', value: { maxLen: 200n } } }));
  const value = { name: 'value', jsonName: 'value', type: FieldDescriptorProto_Type.BYTES, options };
  Object.assign(named(filter.field, 'key'), value);
  named(filter.field, 'method').typeName = '.zitadel.filter.v2.ByteFilterMethod';
}

/** Users by what is noted on them. */
function addMetadataQueries(file: FileDescriptorProto): void {
  file.dependency.push('zitadel/metadata/v2/metadata.proto');
  const search = named(file.messageType, 'SearchQuery');
  for (const [name, number, type] of [
    ['metadata_key_filter', 17, 'MetadataKeyFilter'],
    ['metadata_value_filter', 18, 'MetadataValueFilter'],
  ] as const) {
    addMessageField(search, name, number, `.zitadel.metadata.v2.${type}`);
    named(search.field, name).oneofIndex = 0;
  }
}
