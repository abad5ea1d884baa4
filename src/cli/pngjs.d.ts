/** What the project uses of pngjs, which has no types of its own. */
declare module 'pngjs' {
  export const PNG: {
    readonly sync: { readonly read: (bytes: Buffer) => { readonly width: number; readonly height: number; readonly data: Buffer } };
  };
}
