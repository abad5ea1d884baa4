/** What the picture draws at most; the tables have all. */
export const pictureLimits = { groupsMax: 12, rowsMax: 12, dataMax: 4, queriesMax: 12 } as const;
