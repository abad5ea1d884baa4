import type { Description, Table } from '../lab.ts';
import { machineTitle, objectKey, objectTitle, withOwner } from './names.ts';
import { servedBy } from './outcome.ts';
import { markWords, ruleBody, ruleWords } from './rule-words.ts';
import { currentStep, hopsOf, isThrough, type State } from './state.ts';
import { deviceName, devicesSeen, tcpdumpNow } from './tcpdump.ts';
import { calledService } from './things.ts';
import { conntrackNow, currentPassage, passageOf } from './way.ts';
import { callTitle, outcomeInWords, stepSubject, stepTone, stepWords } from './words.ts';

const hopsWord = (count: number): string => (count === 1 ? '1 hop' : `${count} hops`);

/** What the server saw, as a clause. */
function served(state: State): string {
  const { backend, sees } = servedBy(state.sending.followed);
  return backend === '' ? '' : ` ${machineTitle(state.outlook, backend)} saw ${withOwner(state.outlook, sees)}.`;
}

function headline(state: State): string {
  const { sending } = state;
  if (sending.shown === 0) return `Nothing is sent yet. ${callTitle(sending)}.`;
  const { text } = stepWords(state, sending.shown - 1);
  if (!isThrough(state)) return `Hop ${sending.shown} of ${sending.steps.length}: ${text}.`;
  return `Through after ${hopsWord(sending.shown)}: ${outcomeInWords(sending)}.${served(state)}`;
}

function facts(state: State): Description['facts'] {
  const { sending, outlook } = state;
  const { before, after, frame, mark } = currentPassage(state);
  const packet = after ?? before;
  const inner = packet?.encapsulation?.inner;
  const none = 'none yet';
  const kept = conntrackNow(state);
  return [
    { label: 'Source', value: packet ? withOwner(outlook, packet.src) : none },
    { label: 'Destination', value: packet ? withOwner(outlook, packet.dst) : none },
    { label: 'MACs', value: frame ? `${frame.smac} → ${frame.dmac}` : 'not in a frame' },
    { label: 'TTL', value: packet ? `${packet.ttl}` : none },
    { label: 'Size', value: packet ? `${packet.len} bytes` : none },
    { label: 'Mark', value: mark === undefined ? 'none' : markWords(mark) },
    { label: 'Tunnel', value: inner ? `VXLAN ${packet.encapsulation.vni}, inside it ${inner.src} → ${inner.dst}` : 'no' },
    {
      label: 'Remembered',
      value: kept.length === 0 ? 'no connection yet' : [...new Set(kept.map(({ machine }) => machineTitle(outlook, machine)))].join(', '),
    },
    { label: 'Outcome', value: isThrough(state) ? outcomeInWords(sending) : 'not yet' },
    ...(outlook.problem === undefined ? [] : [{ label: 'Left out of the network', value: outlook.problem }]),
  ];
}

function hopsTable(state: State): Table {
  const { sending, outlook } = state;
  return {
    id: 'hops',
    caption: 'Hops so far',
    columns: [
      { label: 'Hop', numeric: true },
      { label: 'Where' },
      { label: 'What happened' },
      { label: 'Source', code: true },
      { label: 'Destination', code: true },
      { label: 'TTL', numeric: true },
    ],
    rows: sending.steps.slice(0, sending.shown).map((step, index) => {
      const { before, after } = passageOf(sending, index);
      const packet = after ?? before;
      return {
        cells: [
          `${index + 1}`,
          machineTitle(outlook, step.where),
          stepWords(state, index).text,
          packet?.src ?? '',
          packet?.dst ?? '',
          packet ? `${packet.ttl}` : '',
        ],
        subject: stepSubject(sending.number, index),
        tone: stepTone(state, index),
      };
    }),
    empty: 'The packet has not been sent.',
  };
}

function rulesTable(state: State): Table {
  const step = currentStep(state);
  const rows = (step ? hopsOf(state.sending, step) : []).flatMap((hop, index) =>
    hop.type === 'netfilter'
      ? (hop.tried ?? []).map((rule, place) => ({
          cells: [rule.matched ? 'matched' : 'passed over', `${rule.table}, ${rule.chain}`, ruleBody(rule), ruleWords(rule)],
          subject: `rule:${(step?.from ?? 0) + index}:${place}`,
        }))
      : [],
  );
  return {
    id: 'rules',
    caption: 'Rules looked at in this hop, in their order',
    columns: [{ label: '' }, { label: 'Chain', code: true }, { label: 'Rule', code: true }, { label: 'Why' }],
    rows,
    empty: step?.kind === 'rules' ? 'No rule was asked: conntrack knows the connection.' : 'No rules are asked in this hop.',
  };
}

function routesTable(state: State): Table {
  const step = currentStep(state);
  const route = (step ? hopsOf(state.sending, step) : []).find((hop) => hop.type === 'route');
  return {
    id: 'routes',
    caption: 'Routes compared in this hop, longest prefix first',
    columns: [{ label: 'To', code: true }, { label: 'Via', code: true }, { label: 'Device', code: true }, { label: '' }],
    rows: (step?.kind === 'route' && route?.type === 'route' ? route.tried : []).map(({ to, via, device, matched }) => ({
      cells: [to, via ?? 'directly', device, matched ? 'taken' : 'does not fit'],
      subject: `route:${route?.where ?? ''}:${to}`,
    })),
    empty: 'No route is chosen in this hop.',
  };
}

function conntrackTable(state: State): Table {
  return {
    id: 'conntrack',
    caption: 'Connections that each machine remembers by now',
    columns: [{ label: 'Machine' }, { label: 'State' }, { label: 'As it began', code: true }, { label: 'The answer will be', code: true }],
    rows: conntrackNow(state).map(({ machine, entry }, index) => ({
      cells: [machineTitle(state.outlook, machine), `${entry.proto} ${entry.state ?? ''}`.trim(), entry.original, entry.replyExpected],
      subject: `conntrack:${index}`,
    })),
    empty: 'No machine remembers the connection yet.',
  };
}

function tcpdumpTable(state: State): Table {
  return {
    id: 'tcpdump',
    caption: 'What tcpdump has printed on each device by now',
    columns: [{ label: 'Machine' }, { label: 'Device', code: true }, { label: 'Line', code: true }],
    rows: devicesSeen(state)
      .filter((where) => state.outlook.titles[deviceName(where).machine]?.kind !== 'lan')
      .flatMap((where) => {
        const { machine, device } = deviceName(where);
        return tcpdumpNow(state, where).map((line) => ({ cells: [machineTitle(state.outlook, machine), device, line], subject: `device:${where}` }));
      }),
    empty: 'No device has seen the packet yet.',
  };
}

function endpointsTable(state: State): Table | undefined {
  const { world, call } = state.input;
  const service = calledService(world, state.sending.resolved.toAddress, call);
  if (service === undefined) return undefined;
  const rows = state.outlook.network.endpointSlices
    .filter(
      ({ metadata }) =>
        metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name &&
        (metadata.namespace ?? 'default') === (service.metadata.namespace ?? 'default'),
    )
    .flatMap(({ endpoints, ports }) =>
      (endpoints ?? []).map(({ addresses, conditions, nodeName, targetRef }) => {
        const pod = targetRef?.kind === 'Pod' ? { name: targetRef.name ?? '', namespace: targetRef.namespace } : undefined;
        const port = ports?.[0]?.port;
        return {
          cells: [
            pod ? objectTitle(pod) : 'by hand',
            addresses.map((address) => (port === undefined ? address : `${address}:${port}`)).join(' '),
            nodeName ?? '',
            conditions?.ready === false ? 'not ready' : 'ready',
          ],
          subject: pod ? `pod:${objectKey(pod)}` : `service:${objectKey(service.metadata)}`,
        };
      }),
    );
  return {
    id: 'endpoints',
    caption: `Endpoints of Service ${objectTitle(service.metadata)}`,
    columns: [{ label: 'Pod' }, { label: 'Address', code: true }, { label: 'Node' }, { label: '' }],
    rows,
    empty: 'The Service has no endpoint.',
  };
}

function watchedTable({ outlook }: State): Table {
  return {
    id: 'watched',
    caption: 'Other calls, each as it would go now',
    columns: [{ label: 'Call' }, { label: 'Outcome' }, { label: 'Answered by' }, { label: 'The server sees', code: true }],
    rows: outlook.watched.map(({ title, outcome, backend, sees, isAnswered: answered }, index) => ({
      cells: [title, outcome, backend === '' ? 'nobody' : backend, sees === '' ? 'nothing' : sees],
      subject: `watched:${index}`,
      tone: answered ? 'good' : 'bad',
    })),
  };
}

function pastTable({ past }: State): Table {
  return {
    id: 'past',
    caption: 'Earlier packets of this run',
    columns: [{ label: 'Call' }, { label: 'Outcome' }, { label: 'Server' }, { label: 'It saw', code: true }],
    rows: past.map(({ number, title, outcome, backend, sees }) => ({ cells: [title, outcome, backend, sees], subject: `packet:${number}` })),
  };
}

/** The state in words and tables. */
export function describe(state: State): Description {
  const endpoints = endpointsTable(state);
  return {
    headline: headline(state),
    facts: facts(state),
    tables: [
      hopsTable(state),
      rulesTable(state),
      routesTable(state),
      conntrackTable(state),
      tcpdumpTable(state),
      ...(endpoints ? [endpoints] : []),
      ...(state.outlook.watched.length > 0 ? [watchedTable(state)] : []),
      ...(state.past.length > 0 ? [pastTable(state)] : []),
    ],
  };
}
