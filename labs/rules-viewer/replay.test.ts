import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Everything that a file of this lab loads with it; imports of types alone are erased. */
function loadedBy(file: URL, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file.pathname)) return found;
  found.add(file.pathname);
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\s(?!type\s)(?:[^;']*\sfrom\s+)?'(\.[^']+)';$/gmu)) {
    loadedBy(new URL(path, file), found);
  }
  return found;
}

const names = (file: string): readonly string[] => [...loadedBy(new URL(file, import.meta.url))].map((path) => path.slice(path.indexOf('/labs/') + 1));
/** What views draw with, and nothing else, has files of its own there. */
const drawing: readonly string[] = ['labs/kit/why.tsx', 'labs/kit/glyph.tsx'];
const isModel = (path: string): boolean => /^labs\/(?:engine|reading|kit)\//u.test(path) && !drawing.includes(path);

test.each(['replay.ts', 'view.tsx'])('%s loads neither models nor readers', (file) => {
  expect(names(file).filter(isModel)).toEqual([]);
});

test('the whole lab does load models', () => {
  expect(names('lab.ts').filter(isModel)).toContain('labs/engine/network/kube-proxy/iptables-rules.ts');
});
