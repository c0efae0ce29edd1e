import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Message } from '@latchkey/test-kit/outbox';
import type { Stack } from '@latchkey/test-kit/stack';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What any token, cookie or key looks like, also those that this run did not know of. */
const shapes: readonly (readonly [string, RegExp])[] = [
  ['a JWT or JWE', /eyJ[\w-]{16,}\.[\w-]*\./],
  ['a session cookie', /(?<![\w-])[\w-]{43}\.[\w-]{43}(?![\w-])/],
  ['a bearer header', /Bearer [\w-]{20,}/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[A-Za-z0-9+/]{20}/],
];

/**
 * Looks for everything that can authenticate somebody in what both servers wrote and in what is served or shipped.
 *
 * @returns where what was found, without the thing itself.
 */
export async function findLeaks(stack: Stack): Promise<string[]> {
  const places = [...outputs(stack), ...files('apps/console/dist'), ...files('apps/bff/dist')];
  const secrets = [...keptSecrets(stack), ...(await sentCodes(stack))];
  return places.flatMap(([place, text]) => [
    ...shapes.filter(([, shape]) => shape.test(text)).map(([what]) => `${place}: ${what}`),
    ...secrets.filter(({ value }) => holds(text, value)).map(({ what }) => `${place}: ${what}`),
  ]);
}

type Place = readonly [name: string, text: string];
interface Secret {
  readonly what: string;
  readonly value: string;
}

function outputs({ identity, bffs }: Stack): Place[] {
  return [['identity', identity.output], ...bffs.outputs()];
}

function files(folder: string): Place[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.br'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file): Place => [path.relative(root, file), readFileSync(file, 'utf8')]);
}

function keptSecrets({ dataFolder, people }: Stack): Secret[] {
  const ofPeople = people.all.flatMap(({ loginName, password, factors }): Secret[] => [
    { what: `password of ${loginName}`, value: password },
    ...factors.flatMap((factor): Secret[] => {
      if (factor.kind === 'totp') return [{ what: `TOTP secret of ${loginName}`, value: factor.secret }];
      return 'privateKey' in factor ? [{ what: `device key of ${loginName}`, value: factor.privateKey }] : [];
    }),
  ]);
  const ofServers = ['identity', 'bff'].flatMap((server) =>
    readdirSync(path.join(dataFolder, server))
      .filter((name) => name.endsWith('.pat') || (name.endsWith('.json') && name !== 'people.json'))
      .flatMap((name) =>
        longStrings(readFileSync(path.join(dataFolder, server, name), 'utf8')).map((value) => ({ what: name, value })),
      ),
  );
  return [...ofPeople, ...ofServers];
}

/** The values of a file of keys that are too long to be a name or an id. */
const longStrings = (text: string): string[] => text.match(/[\w+/=-]{40,}/g) ?? [];

async function sentCodes({ issuer }: Stack): Promise<Secret[]> {
  const answer = await fetch(`${issuer}/outbox.json`);
  const messages = (await answer.json()) as Message[];
  return messages.flatMap(({ to, code }) => (code ? [{ what: `code sent to ${to}`, value: code }] : []));
}

/** A code of digits counts as a word only: any long number would hold it. */
function holds(text: string, value: string): boolean {
  return /^\d+$/.test(value) ? new RegExp(`(?<![\\w.])${value}(?![\\w.])`).test(text) : text.includes(value);
}
