// npm run kept-ids : writes the ids under which readers keep things to content/data/kept-ids.yaml. Exit code 1 when one went and nobody said what became of it.
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { dropped, renamed } from '../../src/reader/renamed.ts';
import { readChapters } from '../content/chapter.ts';
import { idsOf, readLabIds, readRegister, registerFile, registerText, untoldFaults, unwrittenFaults } from './kept-ids.ts';

const file = path.resolve(import.meta.dirname, '../..', registerFile);
const content = idsOf(readChapters(), readLabIds());
const registered = existsSync(file) ? readRegister() : {};
const faults = untoldFaults(content, registered, renamed, dropped);
if (faults.length > 0) {
  console.error(`${registerFile} is not written:\n  ${faults.join('\n  ')}`);
  process.exitCode = 1;
} else {
  const changes = unwrittenFaults(content, registered).length;
  writeFileSync(file, registerText(content));
  console.log(`${registerFile}: ${String(Object.values(content).flat().length)} ids, ${String(changes)} changed.`);
}
