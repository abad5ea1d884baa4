/** What happened in a step, and why. */
export interface StepWords {
  readonly text: string;
  readonly because: string;
}
