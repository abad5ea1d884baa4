import { lookupGlibc } from './glibc/index.ts';
import { lookupMusl } from './musl/index.ts';
import type { Lookup } from './types.ts';

/** One lookup by the library of that name. */
export const lookup: Lookup = (library, question, surroundings, wire) => {
  switch (library) {
    case 'glibc-2.36':
    case 'glibc-2.41':
      return lookupGlibc(library, question, surroundings, wire);
    case 'musl-1.2.3':
    case 'musl-1.2.5':
      return lookupMusl(library, question, surroundings, wire);
  }
};
