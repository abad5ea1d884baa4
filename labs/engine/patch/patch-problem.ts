/**
 * Why a patch cannot be applied, and what becomes of it in the API server:
 * `malformed` is answered with 400 and the message; `unprocessable` with 422, whose text never shows the message; `too-large` with 413;
 * `internal` with 500 and the message.
 */
export interface PatchError {
  readonly reason: 'malformed' | 'unprocessable' | 'too-large' | 'internal';
  /** The sentence of the library that the API server uses. */
  readonly message: string;
}

/** A patched value, or why there is none. */
export type PatchResult<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: PatchError };

/** Thrown inside the patch functions only; `attempt` turns it into a value. */
export class PatchProblem extends Error {
  readonly error: PatchError;

  constructor(message: string, reason: PatchError['reason'] = 'internal') {
    super(message);
    this.error = { reason, message };
  }
}

/** Runs a patch function and gives its problem as a value. Anything else that is thrown is a bug and goes on. */
export function attempt<Value>(patched: () => Value): PatchResult<Value> {
  try {
    return { ok: true, value: patched() };
  } catch (error) {
    if (error instanceof PatchProblem) return { ok: false, error: error.error };
    throw error;
  }
}
