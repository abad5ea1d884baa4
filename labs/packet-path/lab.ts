import type { Lab } from '../lab.ts';
import { reduce, start } from './acts.ts';
import type { CheckId } from './checks.ts';
import type { Input } from './input.ts';
import { invariants } from './invariants.ts';
import type { PartId } from './parts.ts';
import replay from './replay.ts';
import type { Action, State } from './state.ts';
import telling from './telling.ts';

export default { ...replay, ...telling, invariants, start, reduce } satisfies Lab<PartId, Input, State, Action, CheckId>;
