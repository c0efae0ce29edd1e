import { surviveKills } from './survive-kills.ts';

/*
 * Many kills, for `npm run soak`: `tsx soak.ts <entry> <kills>`. The exit code is 1 when a change was lost.
 */

const [entry = '', kills = '50'] = process.argv.slice(2);
const report = await surviveKills({
  entry,
  kills: Number(kills),
  users: Number(kills) * 500,
  progress: (text) => process.stdout.write(`${text}\n`),
});
const { acknowledged, lost, changes, lostChanges, different } = report;
process.stdout.write(
  `${acknowledged} removals acknowledged, ${lost.length} lost; tables that differ: ${different.length}\n`,
);
const counts = Object.entries(changes).map(([kind, count]) => `${kind} ${count}`);
process.stdout.write(`other changes acknowledged: ${counts.join(', ')}; ${lostChanges.length} lost\n`);
for (const each of lostChanges) process.stdout.write(`lost: ${each}\n`);
for (const each of lost) process.stdout.write(`lost: ${JSON.stringify(each)}\n`);
const isUntried = Math.min(acknowledged, ...Object.values(changes)) === 0;
process.exitCode = lost.length + lostChanges.length + different.length > 0 || isUntried ? 1 : 0;
