import { element } from '../../../dom/element.ts';
import { doneWith, type Judged } from './judge.ts';

/** Says at each option what the reader did with it; nothing where nothing is given. */
export function tellMine(question: Judged, options: readonly HTMLElement[], given: readonly number[] | undefined): void {
  options.forEach((option, index) => {
    const { isMine, words } = given ? doneWith(question, index, given) : { isMine: false, words: '' };
    option.classList.toggle('mine', isMine);
    option.querySelector('.why b + b')?.remove();
    if (words !== '') option.querySelector('.why b')?.after(element('b', {}, ` ${words}`));
  });
}

/** Puts the steps into their right order once they are answered, each with its place before it; before that as they were asked. */
export function arrangeSteps(options: readonly HTMLElement[], isAnswered: boolean): void {
  const place = (option: HTMLElement): number => Number(option.dataset.place);
  const shown = isAnswered ? [...options].sort((one, other) => place(one) - place(other)) : options;
  options[0]?.parentElement?.append(...shown);
  for (const option of isAnswered ? options : []) option.querySelector('label')?.setAttribute('data-given', option.dataset.place ?? '');
}
