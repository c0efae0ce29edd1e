// `npm run code -- <login name>`: the present code of a demo person's authenticator app, for trying things by hand.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TOTP } from 'otpauth';
import { refuse, root } from './steps.mjs';

const wanted = process.argv[2];
const file = path.join(path.resolve(root, process.env.LATCHKEY_DATA || '.data'), 'identity', 'people.json');
if (!wanted) refuse('say whose: npm run code -- <login name>');
if (!existsSync(file)) refuse(`${file} is not there: run npm start first.`);

const person = JSON.parse(readFileSync(file, 'utf8')).find(({ loginName }) => loginName.startsWith(wanted));
const factor = person?.factors.find(({ kind }) => kind === 'totp');
if (!person) refuse(`no demo person's login name begins with "${wanted}".`);
if (!factor) refuse(`${person.loginName} has no authenticator app.`);
console.log(new TOTP({ secret: factor.secret }).generate());
