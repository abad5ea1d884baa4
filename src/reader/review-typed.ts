import { askLab, readyField, sayVerdict } from '../components/chapter/quiz/typed.ts';
import { element } from '../dom/element.ts';
import type { ReviewCard } from './review-card.ts';

/**
 * The field of a card that asks for a typed answer. Whoever likes may also just think of one: nothing is kept of what is typed here. `judged` is called
 * once the lab has said whether the answer is right; why stands below the field.
 */
export function makeField(card: NonNullable<ReviewCard['typed']>, judged: (right: boolean) => void): HTMLFormElement {
  const { label, lines, by } = card;
  const said = element('p', { 'aria-live': 'polite', id: 'said' });
  const usual = { class: 'input', autocapitalize: 'off', spellcheck: 'false', 'aria-describedby': said.id } as const;
  const field = lines === 1 ? element('input', { ...usual, autocomplete: 'off' }) : element('textarea', { ...usual, rows: String(lines) });
  const check = element('button', { class: 'btn' }, 'Check');
  const form = element('form', {}, element('label', { class: 'typed' }, element('span', {}, label), field), said, check);
  const typed = { field, said, by };
  readyField(typed);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (check.hidden) return;
    void askLab(typed).then((verdict) => {
      if (!verdict) return;
      sayVerdict(said, verdict);
      field.readOnly = true;
      check.hidden = true;
      judged(verdict.right);
    });
  });
  return form;
}
