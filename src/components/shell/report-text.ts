/** What a report is about, as far as the page knows. */
export interface About {
  /** The page, with its fragment; undefined when the reader came from elsewhere. */
  readonly page: string | undefined;
  readonly browser: string;
}

/** The text of a report: what helps to find the place stands there, the rest is for the reader to fill in. */
export function reportText({ page, browser }: About): string {
  return [`Page: ${page ?? '(address of the page)'}`, 'What it says:', '', 'What is true, and how you know:', '', `Browser: ${browser}`].join('\n');
}

/** A report that is about another place of the page; what the reader has written stays. */
export function reportAbout(text: string, page: string): string {
  return text.replace(/^Page: .*$/m, () => `Page: ${page}`);
}

/** The address that opens an issue with the text in it. */
export function issueAddress(issuesUrl: string, page: string | undefined, text: string): string {
  const address = new URL(issuesUrl);
  address.searchParams.set('title', page === undefined ? 'An error in the course' : `An error on ${new URL(page).pathname}`);
  address.searchParams.set('body', text);
  return address.href;
}
