import type { Lab } from '../lab.ts';
import type { CheckId } from './check-ids.ts';
import type { Input } from './input.ts';
import { invariants } from './invariants.ts';
import type { PartId } from './parts.ts';
import { reduce, start } from './reduce.ts';
import replay from './replay.ts';
import type { Action, State } from './state.ts';

export default {
  ...replay,
  start,
  amend: (_, input): Action => ({ type: 'apply', input }),
  reduce,
  invariants,
} satisfies Lab<PartId, Input, State, Action, CheckId>;
