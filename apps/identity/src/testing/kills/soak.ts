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
const { acknowledged, lost, different } = report;
process.stdout.write(
  `${acknowledged} removals acknowledged, ${lost.length} lost; tables that differ: ${different.length}\n`,
);
for (const each of lost) process.stdout.write(`lost: ${JSON.stringify(each)}\n`);
process.exitCode = lost.length + different.length > 0 || acknowledged === 0 ? 1 : 0;
