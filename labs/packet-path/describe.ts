import type { ShownPacket } from '../engine/network/packet/hops.ts';
import type { Description, Table } from '../lab.ts';
import { calledService, machineTitle, objectKey, objectTitle, withOwner } from './names.ts';
import { servedBy } from './outcome.ts';
import { markWords, ruleBody, ruleWords } from './rule-words.ts';
import { currentStep, hopsOf, isThrough, type State, type Step } from './state.ts';
import { tcpdumpNow } from './tcpdump.ts';
import { conntrackNow, currentPassage, deviceName, devicesSeen, passageOf, shownHops } from './way.ts';
import { addressPair, callTitle, outcomeInWords, stepSubject, stepTone, stepWords } from './words.ts';

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
  const { outlook } = state;
  const { before, after, frame, mark } = currentPassage(state);
  const packet = after ?? before;
  const encapsulation = packet?.encapsulation;
  const none = 'none yet';
  const kept = conntrackNow(state);
  return [
    { label: 'Source', value: packet ? withOwner(outlook, packet.src) : none },
    { label: 'Destination', value: packet ? withOwner(outlook, packet.dst) : none },
    ...(frame ? [{ label: 'MACs', value: `${frame.smac} → ${frame.dmac}` }] : []),
    { label: 'TTL', value: packet ? `${packet.ttl}` : none },
    { label: 'Size', value: packet ? `${packet.len} bytes` : none },
    ...(mark === undefined ? [] : [{ label: 'Mark', value: markWords(mark) }]),
    ...(encapsulation ? [{ label: 'Tunnel', value: `VXLAN ${encapsulation.vni}, inside it ${addressPair(encapsulation.inner)}` }] : []),
    {
      label: 'Remembered',
      value: kept.length === 0 ? 'no connection yet' : [...new Set(kept.map(({ machine }) => machineTitle(outlook, machine)))].join(', '),
    },
    ...outcomeFacts(state),
    ...(outlook.problem === undefined ? [] : [{ label: 'Left out of the network', value: outlook.problem }]),
  ];
}

/** What the caller heard, and whom the server saw. */
function outcomeFacts(state: State): Description['facts'] {
  const { sending, outlook } = state;
  const sees = sendingSeen(state);
  return [
    { label: 'Outcome', value: isThrough(state) ? outcomeInWords(sending) : 'not yet' },
    { label: 'The server saw', value: sees !== '' ? withOwner(outlook, sees) : isThrough(state) ? 'nothing' : 'nothing yet' },
  ];
}

/** Whom the server has seen by now; empty: nobody. */
function sendingSeen(state: State): string {
  const { hops, result } = state.sending.followed;
  return servedBy({ hops: isThrough(state) ? hops : shownHops(state), result: isThrough(state) ? result : { outcome: '' } }).sees;
}

/** Addresses have columns of their own. */
const withoutPairs = (text: string): string => text.replace(/ \S+ becomes \S+?(?=,|$)/gu, ' rewritten').replace(/ [\d.:]+ → [\d.:]+/u, '');

/** Hops that are told even where source, destination and TTL stay. */
const isTold = ({ kind }: Step): boolean => kind !== 'cable' && kind !== 'rules' && kind !== 'route';

/** The hops at which the packet changed, and the last one; the log has all. */
function hopsTable(state: State): Table {
  const { sending } = state;
  const steps = sending.steps.slice(0, sending.shown);
  const packets = steps.map((_, index) => {
    const { before, after } = passageOf(sending, index);
    return after ?? before;
  });
  return {
    id: 'hops',
    caption: 'Hops so far at which the packet changed',
    columns: [
      { label: 'Hop', numeric: true },
      { label: 'What happened' },
      { label: 'Source', code: true },
      { label: 'Destination', code: true },
      { label: 'TTL', numeric: true },
    ],
    rows: steps.flatMap((step, index) => {
      const [packet, earlier] = [packets[index], packets[index - 1]];
      const fresh = (value: (packet: ShownPacket) => string): string => (packet && (!earlier || value(earlier) !== value(packet)) ? value(packet) : '');
      const values = [fresh(({ src }) => src), fresh(({ dst }) => dst), fresh(({ ttl }) => `${ttl}`)];
      if (values.join('') === '' && !isTold(step) && index < steps.length - 1) return [];
      return [
        {
          cells: [`${index + 1}`, withoutPairs(stepWords(state, index).text), ...values],
          subject: stepSubject(sending.number, index),
          tone: stepTone(state, index),
        },
      ];
    }),
    empty: 'The packet has not been sent.',
  };
}

/** Rules are asked in some hops only. */
function rulesTable(state: State): Table | undefined {
  const step = currentStep(state);
  if (step?.kind !== 'rules') return undefined;
  const rows = hopsOf(state.sending, step).flatMap((hop, index) =>
    hop.type === 'netfilter'
      ? (hop.tried ?? []).map((rule, place) => ({
          cells: [rule.matched ? 'matched' : 'passed over', `${rule.table}, ${rule.chain}`, ruleBody(rule), ruleWords(rule)],
          subject: `rule:${step.from + index}:${place}`,
        }))
      : [],
  );
  return {
    id: 'rules',
    caption: 'Rules looked at in this hop, in their order',
    columns: [{ label: '' }, { label: 'Chain', code: true }, { label: 'Rule', code: true }, { label: 'Why' }],
    rows,
    empty: 'No rule was asked: conntrack knows the connection.',
  };
}

function routesTable(state: State): Table | undefined {
  const step = currentStep(state);
  const route = step?.kind === 'route' && hopsOf(state.sending, step).find((hop) => hop.type === 'route');
  if (!route) return undefined;
  return {
    id: 'routes',
    caption: 'Routes compared in this hop, longest prefix first',
    columns: [{ label: 'To', code: true }, { label: 'Via', code: true }, { label: 'Device', code: true }, { label: '' }],
    rows: route.tried.map(({ to, via, device, matched }) => ({
      cells: [to, via ?? 'directly', device, matched ? 'taken' : 'does not fit'],
      subject: `route:${route.where}:${to}`,
    })),
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

/** The devices of the hop that happened last, and where no device took part, the last one before. Others are asked by name. */
function tcpdumpTable(state: State): Table {
  const step = currentStep(state);
  const isLan = (where: string): boolean => state.outlook.titles[deviceName(where).machine]?.kind === 'lan';
  const seen = devicesSeen(state).filter((where) => !isLan(where));
  const here = seen.filter((where) => step && hopsOf(state.sending, step).some((hop) => hop.where === where));
  const last = shownHops(state).findLast((hop) => seen.includes(hop.where))?.where;
  return {
    id: 'tcpdump',
    caption: 'What tcpdump has printed where the packet came by last',
    columns: [{ label: 'Machine' }, { label: 'Device', code: true }, { label: 'Lines', code: true }],
    rows: (here.length > 0 ? here : seen.filter((where) => where === last)).map((where) => {
      const { machine, device } = deviceName(where);
      return { cells: [machineTitle(state.outlook, machine), device, tcpdumpNow(state, where).join('; ')], subject: `device:${where}` };
    }),
    empty: 'No device has seen the packet yet.',
  };
}

function endpointsTable(state: State): Table | undefined {
  const service = calledService(state);
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
  const { outlook, past } = state;
  const tables = [
    hopsTable(state),
    rulesTable(state),
    routesTable(state),
    conntrackTable(state),
    tcpdumpTable(state),
    endpointsTable(state),
    outlook.watched.length > 0 ? watchedTable(state) : undefined,
    past.length > 0 ? pastTable(state) : undefined,
  ];
  return { headline: headline(state), facts: facts(state), tables: tables.flatMap((table) => table ?? []) };
}
