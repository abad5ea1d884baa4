/** A card as `/review/<chapter>.json` brings it; texts are HTML of our own. Its id in the queue is `<chapter>/<id>`. */
export interface ReviewCard {
  readonly id: string;
  readonly front: string;
  readonly back: string;
  /** Where a question of the quiz is explained: the id of a heading. */
  readonly section?: string;
}

/** What `/review/<chapter>.json` holds. */
export interface ChapterCards {
  readonly title: string;
  readonly cards: readonly ReviewCard[];
}
