import { afterAll, afterEach, beforeEach } from 'vitest';

type Close = () => Promise<unknown>;

/**
 * Takes what closes a visit: what a test opened ends with the test, since open pages go on working and slow the next ones down; what stood before the first
 * test, or was opened between two, ends with the file.
 */
export function useClosing(): (close: Close) => void {
  let isInTest = false;
  let ofTest: Close[] = [];
  const ofFile: Close[] = [];
  beforeEach(() => {
    isInTest = true;
  });
  afterEach(async () => {
    isInTest = false;
    const ending = ofTest;
    ofTest = [];
    await Promise.all(ending.map((close) => close()));
  });
  afterAll(async () => {
    await Promise.all(ofFile.map((close) => close()));
  });
  return (close) => {
    (isInTest ? ofTest : ofFile).push(close);
  };
}
