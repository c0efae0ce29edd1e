import type { DescMessage } from '@bufbuild/protobuf';

/** The Go name of a field or oneof, which validation messages use: `user_id` is `UserId`, `u2f_id` is `U2FId` (protoc-gen-go's rule). */
export function goFieldName(protoName: string): string {
  return protoName
    .replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
    .replaceAll(/(?<=\d)[a-z]/g, (letter) => letter.toUpperCase());
}

/** The Go name of a message: its name in the package, nested ones joined by `_`. */
export function goMessageName(desc: DescMessage): string {
  const packageName = desc.file.proto.package;
  return desc.typeName.slice(packageName === '' ? 0 : packageName.length + 1).replaceAll('.', '_');
}
