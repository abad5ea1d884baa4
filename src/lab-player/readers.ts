import type { AnyReader } from '../../labs/lab.ts';
import { load } from './modules.ts';
import type { OpaqueReader } from './opaque.ts';

const readers = import.meta.glob<{ readonly default: AnyReader }>('../../labs/*/read.ts');

/** The reader of a lab's texts. */
export function readerOf(lab: string): Promise<OpaqueReader> {
  return load(readers, `../../labs/${lab}/read.ts`);
}
