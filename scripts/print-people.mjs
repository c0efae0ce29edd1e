import { existsSync, readFileSync } from 'node:fs';

/** Prints who can sign in to the demo: staff first, with their roles, passwords and second factors' secrets' place. */
export function printPeople(file, outbox) {
  if (!existsSync(file)) return;
  const people = JSON.parse(readFileSync(file, 'utf8'));
  if (people.length === 0) return;
  const staff = people.filter((person) => person.roles.length > 0);
  const width = Math.max(...people.map((person) => person.loginName.length));
  const line = (person) =>
    `  ${person.loginName.padEnd(width)}  ${person.password}  ${[person.roles.join(', '), describeFactors(person)].filter(Boolean).join('; ')}`;
  console.log(`\nDemo people (all of them: ${file})\n\nStaff, who sign in to the console:`);
  for (const person of staff) console.log(line(person));
  console.log('\nPeople they help:');
  for (const person of people.filter((other) => other.roles.length === 0)) console.log(line(person));
  console.log(`\nCodes by email and SMS arrive at ${outbox}.`);
  console.log('Authenticator apps: add the secret printed behind "totp" to any app, or read it from people.json.\n');
}

function describeFactors({ factors, state }) {
  const words = factors.map((factor) => (factor.kind === 'totp' ? `totp ${factor.secret}` : factor.kind));
  return [state === 'active' ? '' : state, words.join(' + ') || 'no second factor'].filter(Boolean).join(', ');
}
