import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { askedWords } from './search-asked.ts';

test('words are read by their address, and one that the site does not have is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubestep-asked-'));
  const file = join(folder, 'asked.yaml');
  writeFileSync(file, "/glossary/ttl/: 'how long is an answer kept; packet lifetime'\n'/labs/a/#scenario=b': 'one phrase'\n");
  const addresses = new Set(['/glossary/ttl/', '/labs/a/#scenario=b']);
  expect([...askedWords(file, addresses)]).toEqual([
    ['/glossary/ttl/', ['how long is an answer kept', 'packet lifetime']],
    ['/labs/a/#scenario=b', ['one phrase']],
  ]);
  expect(() => askedWords(file, new Set(['/glossary/ttl/']))).toThrow('the site has no /labs/a/#scenario=b');
  rmSync(folder, { recursive: true });
});
