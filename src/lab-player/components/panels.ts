/** What a lab shows only when it is asked for; loads after the rest. */
export { Keys } from './keys.tsx';
export { Tables, Words } from './tables.tsx';
export { Why } from './why.tsx';
