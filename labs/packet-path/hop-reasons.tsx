import type { RouteHop } from '../engine/network/packet/hops.ts';
import { Why, type Asking } from '../kit/why.tsx';
import { machineTitle } from './names.ts';
import { RulesWalk, shortChain } from './rules-walk.tsx';
import { currentStep, hopsOf, type State } from './state.ts';
import { machineOf } from './way.ts';
import { stepWords } from './words.ts';

type Props = Asking & { readonly state: State };

/** Routes that were compared, the longest prefix first. */
function Routes({ route, selected, select }: Asking & { readonly route: RouteHop }) {
  return (
    <table class="routes">
      <thead>
        <tr>
          <td />
          <th scope="col">To</th>
          <th scope="col">Next</th>
          <th scope="col">Over</th>
        </tr>
      </thead>
      <tbody>
        {route.tried.map(({ to, via, device, matched }) => (
          <tr key={to} class={matched ? 'changed' : 'n'}>
            <td class="mk">
              {matched ? '✓' : '–'}
              <span class="sr">{matched ? ' taken' : ' does not fit'}</span>
            </td>
            <td>
              <Why subject={`route:${route.where}:${to}`} selected={selected} select={select}>
                <code>{to === '0.0.0.0/0' ? 'default' : to}</code>
              </Why>
            </td>
            <td>{via === undefined ? 'directly' : <code>{via}</code>}</td>
            <td>
              <code>{device}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Devices that a frame came by. */
function Devices({ state, selected, select }: Props) {
  const { sending, outlook } = state;
  const step = currentStep(state);
  const seen = (step ? hopsOf(sending, step) : []).filter((hop) => hop.type === 'packet' || hop.type === 'arp');
  return (
    <ol class="devices">
      {seen.map(({ where, dir }, index) => (
        <li key={index}>
          <span>{dir === 'out' ? 'out of' : 'in at'}</span>
          <Why subject={`device:${where}`} selected={selected} select={select}>
            <code>{where.slice(machineOf(where).length + 1)}</code>
          </Why>
          <span class="wy">{machineTitle(outlook, machineOf(where))}</span>
        </li>
      ))}
    </ol>
  );
}

const heads: Readonly<Record<string, string>> = { rules: 'Why: the rules it walked', route: 'Why: the routes compared' };

/** Steps of which neither the packet's fields nor the list below say what happened. */
const says: ReadonlySet<string> = new Set(['call', 'route', 'wrap', 'unwrap', 'lost', 'arrived']);

/** Why the hop that happened last went as it did. */
export function HopReasons({ state, selected, select }: Props) {
  const { sending } = state;
  const step = currentStep(state);
  if (!step) {
    return (
      <div role="group" aria-label="Why">
        <p class="hd">Why</p>
        <p class="because">Step, and each hop says what it did to the packet, and why.</p>
      </div>
    );
  }
  const { text, because } = stepWords(state, sending.shown - 1);
  const route = hopsOf(sending, step).find((hop) => hop.type === 'route');
  return (
    <div role="group" aria-label="Why">
      <p class="hd">{heads[step.kind] ?? 'Why'}</p>
      <p class="because">
        {says.has(step.kind) && <b>{text}: </b>}
        {shortChain(says.has(step.kind) ? because : because.charAt(0).toUpperCase() + because.slice(1))}.
      </p>
      {step.kind === 'rules' && <RulesWalk state={state} selected={selected} select={select} />}
      {step.kind === 'route' && route && <Routes route={route} selected={selected} select={select} />}
      {step.kind === 'cable' && <Devices state={state} selected={selected} select={select} />}
    </div>
  );
}
