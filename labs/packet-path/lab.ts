import type { Lab } from '../lab.ts';
import { reduce, start } from './acts.ts';
import type { CheckId } from './checks.ts';
import { diagnoses } from './diagnoses.ts';
import type { Input } from './input.ts';
import { invariants } from './invariants.ts';
import type { PartId } from './parts.ts';
import replay from './replay.ts';
import type { Action, State } from './state.ts';

export default { ...replay, invariants, diagnoses, start, reduce } satisfies Lab<PartId, Input, State, Action, CheckId>;
