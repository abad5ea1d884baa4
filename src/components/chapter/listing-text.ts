/** The text of a listing as it can be used: without the numbers of callouts, and without lines that are shown as gone. */
export function listingText(pre: Element): string {
  const code = pre.cloneNode(true) as Element;
  for (const mark of code.querySelectorAll('.co')) mark.remove();
  for (const gone of code.querySelectorAll('del')) {
    // The end of its line goes with it.
    gone.nextSibling?.replaceWith(gone.nextSibling.textContent?.slice(1) ?? '');
    gone.remove();
  }
  return code.textContent;
}
