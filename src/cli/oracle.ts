/**
 * `npm run -s oracle -- FILE…`: compares recordings of the real thing with the models and prints each disagreement.
 * `--json` prints a summary for programs, `--write` refreshes `src/data/agreement.json`.
 * Exit status: 0 all agree, 1 something disagrees, 2 a file cannot be compared.
 */
import { parseArgs } from 'node:util';
import { writeAgreement } from '../../tests/oracle/agreement.ts';
import { compareFile } from '../../tests/oracle/compare-file.ts';
import { allAgree, reportLines, tallyBySubject, totals } from '../../tests/oracle/report.ts';

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' }, write: { type: 'boolean' } } });
  if (positionals.length === 0) throw new Error('no file given; usage: npm run -s oracle -- [--json] [--write] FILE…');
  const files = positionals.map((file) => compareFile(file));
  const total = totals(files);
  if (values.json === true) {
    const disagreements = files.flatMap(({ file, cases }) => cases.filter((each) => each.disagreements.length > 0).map((each) => ({ file, ...each })));
    console.log(JSON.stringify({ ...total, subjects: tallyBySubject(files), disagreements }, null, 2));
  } else {
    console.log(reportLines(files).join('\n'));
  }
  if (values.write === true) writeAgreement(files);
  process.exitCode = allAgree(total) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
