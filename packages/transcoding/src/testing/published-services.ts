import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DescFile, DescService } from '@bufbuild/protobuf';

/** Every service of the published descriptors, whatever they will be. */
export async function publishedServices(): Promise<DescService[]> {
  const folder = join(dirname(fileURLToPath(import.meta.resolve('@zitadel/proto/zitadel/admin_pb.js'))), '.');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('_pb.js'));
  const modules = await Promise.all(names.sort().map((name) => import(pathToFileURL(join(folder, name)).href)));
  const files = modules.flatMap((each: Record<string, unknown>) => Object.values(each).filter(isFile));
  return files.flatMap((file) => file.services);
}

function isFile(value: unknown): value is DescFile {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'file';
}
