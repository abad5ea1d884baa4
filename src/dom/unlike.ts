let last = '';

/**
 * What to put into a live region so that it is heard: the text, with a space behind it that nobody hears if the last one was the same. Orca 43 takes the
 * same words for one event that came twice, also when the region was empty in between and when another region said them.
 */
export function unlike(text: string): string {
  if (text === '') return text;
  last = text === last ? `${text}\u00A0` : text;
  return last;
}
