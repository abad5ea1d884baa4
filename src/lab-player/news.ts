import { besideHistory } from './beside.ts';
import { formatAt, plain } from './format.ts';
import { frameOf, isOver } from './history.ts';
import { answered, outcomeOf } from './outcome.ts';
import { isVeiled, type Session } from './session.ts';
import { summarise } from './summary.ts';

/**
 * What differs between two sessions, in the words that a listener needs; empty when there is nothing to say. All of it is said by one region, as one text:
 * of a region into which several elements come at once, Orca 43 with Firefox 153 reads the last alone, and a region that comes with its words not at all.
 * `hasTold`: the slider of time has the focus and has said by itself where the lab stands.
 */
export function newsOf(session: Session, before: Session, hasTold: boolean): string {
  const said = [placeOf(session, before, hasTold), ...comparisonOf(session, before), ...judgementOf(session, before), ...answerOf(session, before)].filter(
    Boolean,
  );
  // What came out has no full stop where it is shown; here a sentence follows.
  return said.map((text, index) => (index < said.length - 1 && /[\w)]$/.test(text) ? `${text}.` : text)).join(' ');
}

function hasMoved({ history }: Session, before: Session): boolean {
  return history.at !== before.history.at || history.branch.id !== before.history.branch.id;
}

function placeOf(session: Session, before: Session, hasTold: boolean): string {
  const { lab, history } = session;
  if (!hasMoved(session, before)) return '';
  if (!hasTold) return summarise(lab, history);
  return isOver(history) ? plain(lab.describe(history.branch.frames[history.at]?.state).headline) : '';
}

/** That another run stands beside this one, and at the end what came out of it; who looks sees both. */
function comparisonOf(session: Session, before: Session): readonly string[] {
  const { lab, history, beside } = session;
  const isNew = beside?.branch !== before.beside?.branch;
  if (!beside) return isNew ? ['No longer compared.'] : [];
  const label = plain(beside.label);
  const said = isNew ? [`Compared with ${label}.`] : [];
  if (!isOver(history) || isVeiled(session) || (!isNew && !hasMoved(session, before))) return said;
  const [here, there] = [frameOf(history), frameOf(besideHistory(history, beside.branch))];
  const [headline, other] = [here, there].map(({ state }) => lab.describe(state).headline);
  if (other !== headline) return [...said, `Beside it, ${label}: ${plain(other ?? '')}`];
  return [...said, `Beside it, ${label} ends alike${there.atMs === here.atMs ? '' : `, at ${formatAt(lab.meta, there.atMs)}`}.`];
}

/** What the run says about the prediction and, in a challenge, about the attempt. */
function judgementOf(session: Session, before: Session): readonly string[] {
  const { scenario, predicted } = session;
  const said: string[] = [];
  const right = scenario.predict?.options.find((option) => option.right);
  // The answer is drawn only after this has been asked; it is heard with the frame that gives it.
  if (right && answered(session).revealed && !answered(before).revealed && predicted !== undefined) {
    const hasHit = typeof predicted === 'number' && scenario.predict?.options[predicted] === right;
    said.push(hasHit ? 'Your prediction was right.' : `The answer: ${plain(right.text)}.`, plain(right.why));
  }
  if (scenario.kind !== 'challenge' || session.history === before.history) return said;
  const [now, then] = [outcomeOf(session), outcomeOf(before)];
  if (now.solved && !then.solved) said.push(`Solved. ${plain(scenario.after ?? '')}`);
  else if (now.diagnosis !== undefined && now.diagnosis !== then.diagnosis) said.push(plain(now.diagnosis));
  return said;
}

/** What answers the reader: the first mistake in a text, a hint, a message. */
function answerOf({ errors, hints, notice, scenario }: Session, before: Session): readonly string[] {
  const said: string[] = [];
  const [error] = errors;
  if (error && errors !== before.errors) said.push(`Line ${error.line}, column ${error.column}. ${plain(error.message)}`);
  if (hints > before.hints) said.push(plain(scenario.hints[hints - 1] ?? ''));
  if (notice && notice !== before.notice) said.push(notice.text);
  return said;
}
