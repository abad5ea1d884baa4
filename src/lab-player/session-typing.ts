import { textsOf, type Change, type Session } from './session.ts';

/** What stands in the editor of a text. */
export function drafted(part: string, text: string): Change {
  return (session) => ({ ...session, drafts: { ...session.drafts, [part]: text } });
}

/** What stands in a text field before it is asked. */
export function fieldTyped(offer: string, text: string): Change {
  return (session) => ({ ...session, fields: { ...session.fields, [offer]: text } });
}

/** What stood in a text field was asked, or is what the run has anyway. */
export function fieldDone(offer: string): Change {
  return (session) => ({ ...session, fields: Object.fromEntries(Object.entries(session.fields).filter(([id]) => id !== offer)) });
}

/** The editors show the texts of the last good run again. */
export function restored(session: Session): Session {
  return { ...session, drafts: {}, errors: [], stored: textsOf(session) };
}
