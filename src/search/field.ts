/**
 * The field of the search as HTML, for the dialog that each page opens and for the page of the search. It stands before the rest has loaded and stays:
 * a field that is replaced while it has the focus loses letters, and a screen reader says nothing of the new one.
 */
export const searchField =
  '<input id="search-input" name="q" role="searchbox" aria-label="Search" placeholder="A word, a command, an error text" autocomplete="off" autocapitalize="off" enterkeyhint="search">';
