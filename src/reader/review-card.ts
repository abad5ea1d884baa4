import type { AnswerBy } from '../components/chapter/quiz/lab.ts';

/** A card as `/review/<chapter>.json` brings it; texts are HTML of our own. Its id in the queue is `<chapter>/<id>`. */
export interface ReviewCard {
  readonly id: string;
  readonly front: string;
  readonly back: string;
  /** Where a question of the quiz is explained: the id of a heading. */
  readonly section?: string;
  /** The field of a question that is answered by typing, and who judges. */
  readonly typed?: { readonly label: string; readonly lines: number; readonly by: AnswerBy };
}

/** What `/review/<chapter>.json` holds. */
export interface ChapterCards {
  readonly title: string;
  readonly cards: readonly ReviewCard[];
}
