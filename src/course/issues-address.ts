/** Where readers open issues about the course, such as `https://github.com/owner/name/issues/new`; from PUBLIC_ISSUES_URL at build time, and absent without it. */
export const issuesUrl: string | undefined = readIssuesUrl(import.meta.env.PUBLIC_ISSUES_URL as string | undefined);

/** Checks the address. Throws for one that is not https, for readers would follow it. */
export function readIssuesUrl(value: string | undefined): string | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  if (!URL.canParse(value) || new URL(value).protocol !== 'https:')
    throw new Error(`PUBLIC_ISSUES_URL: expected an address that begins with https://, not "${value}"`);
  return value;
}
