import { dataBytesMax, protocols, proxyModes } from './input.ts';
import type { Action } from './state.ts';

/** The value of a field as it is taken; undefined: refused. */
type Read<Value> = (value: unknown) => Value | undefined;
type ActionOf<Type extends Action['type']> = Extract<Action, { readonly type: Type }>;

const nameLengthMax = 300;

const name: Read<string> = (value) => (typeof value === 'string' && value.length <= nameLengthMax ? value : undefined);
const truth: Read<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
const oneOf =
  <Value extends string>(...values: readonly Value[]): Read<Value> =>
  (value) =>
    values.find((known) => known === value);
/** A whole number, also as it was typed. */
const whole =
  (min: number, max: number): Read<number> =>
  (value) => {
    const number = typeof value === 'string' && /^\d{1,5}$/u.test(value) ? Number(value) : value;
    return typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max ? number : undefined;
  };

const port = whole(1, 65_535);
const protocol = oneOf(...protocols);

/** What each action must have beside its type. */
const fields: { readonly [Type in Action['type']]: { readonly [Field in Exclude<keyof ActionOf<Type>, 'type'>]: Read<ActionOf<Type>[Field]> } } = {
  advance: {},
  again: {},
  from: { from: name },
  to: { to: name, port, protocol },
  port: { port },
  protocol: { protocol },
  size: { bytes: whole(0, dataBytesMax) },
  fragments: { may: truth },
  proxyMode: { mode: oneOf(...proxyModes) },
  podNetwork: { by: oneOf('host-gw', 'vxlan') },
  podMtu: { bytes: whole(576, 9216) },
  hairpin: { on: truth },
  bridgeNetfilter: { on: truth },
  service: { service: name, field: oneOf('type', 'externalTrafficPolicy', 'internalTrafficPolicy', 'sessionAffinity', 'targetPort'), value: name },
  pod: { pod: name, change: oneOf('ready', 'not ready', 'deleted', 'listens', 'does not listen', 'hairpin on', 'hairpin off') },
  policy: { policy: name, on: truth },
  proxy: { node: name, runs: truth },
  route: { host: name, to: name, via: name, present: truth },
};

/** Checks an action from a link or a file. */
export function readAction(value: unknown): Action | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  const { type } = value;
  if (typeof type !== 'string' || !Object.hasOwn(fields, type)) return undefined;
  const given: Readonly<Record<string, unknown>> = { ...value };
  const taken = Object.entries<Read<unknown>>(fields[type as Action['type']]).map(([field, read]) => [field, read(given[field])] as const);
  return taken.some(([, read]) => read === undefined) ? undefined : ({ type, ...Object.fromEntries(taken) } as Action);
}
