import type { JsonObject } from '../../labs/engine/patch/json.ts';
import type { StoredObject } from '../../labs/engine/store/stored-object.ts';

/** One command as it was typed, and what it printed. */
export interface RecordedCommand {
  readonly command: string;
  /** When kubectl was started; only where the objects are known. */
  readonly at?: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** `render`: the objects are the whole input. `session`: commands in order, of which those before changed the cluster. */
export interface RecordedSession {
  readonly id: string;
  readonly kind: 'render' | 'session';
  readonly namespace: string;
  readonly user?: string;
  readonly objects?: readonly (StoredObject & JsonObject)[];
  readonly commands: readonly RecordedCommand[];
}

export interface RecordedSessions {
  readonly scenarios: readonly RecordedSession[];
}

/** Told by its looks: scenarios with commands that have an output. */
export function isRecordedSessions(content: unknown): content is RecordedSessions {
  if (typeof content !== 'object' || content === null || !('scenarios' in content) || !Array.isArray(content.scenarios)) return false;
  const scenarios = content.scenarios as readonly Partial<RecordedSession>[];
  return scenarios.some(
    ({ commands }) => Array.isArray(commands) && commands.some(({ command, stdout }) => typeof command === 'string' && typeof stdout === 'string'),
  );
}
