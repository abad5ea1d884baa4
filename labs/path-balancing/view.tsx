import { Glyph } from '../kit/glyph.tsx';
import { Why } from '../kit/why.tsx';
import type { ViewProps } from '../lab.ts';
import { chartOf, chartSize } from './chart.ts';
import { headlineOf, streaks, useOf, wayIn } from './describe.ts';
import { number, percent } from './log.ts';
import { sharesOf, testInWords, type Share } from './shares.ts';
import { choicesOf, connectionWord, counted, recentOf, type Action, type How, type Sent, type State } from './state.ts';

type Props = Pick<ViewProps<State, Action>, 'state' | 'selected' | 'select'>;

const part = (share: number): string => `${(share * 100).toFixed(2)}%`;

/** A share as a length, the fair share as a long stroke, and the band of chance as a bracket. */
function Bar({ share, hasBegun, hasBand }: { readonly share: Share; readonly hasBegun: boolean; readonly hasBand: boolean }) {
  const { expected, band } = share;
  return (
    <svg class="bar" aria-hidden="true">
      <rect class="ground" x="0" y="5" width="100%" height="18" />
      <rect class="fill" x="0" y="5" width={part(share.share)} height="18" />
      {hasBegun && hasBand && (
        <>
          <line class="band" x1={part(band.low)} x2={part(band.high)} y1="26" y2="26" />
          <line class="band" x1={part(band.low)} x2={part(band.low)} y1="23" y2="28" />
          <line class="band" x1={part(band.high)} x2={part(band.high)} y1="23" y2="28" />
        </>
      )}
      {hasBegun && expected > 0 && <line class="fair" x1={part(expected)} x2={part(expected)} y1="1" y2="27" />}
    </svg>
  );
}

function PodRow({ share, state, selected, select }: Props & { readonly share: Share }) {
  const { pod, requests } = share;
  const hasBegun = counted(state) > 0;
  const isChancy = choicesOf(state) > 0 && !state.proxy.startsWith('ipvs') && pod.isReady;
  return (
    <li>
      <span class="who">
        <Glyph kind="pod" isHole={!pod.isReady} />
        <Why subject={`pod:${pod.name}`} selected={selected} select={select}>
          {pod.name}
        </Why>
        {!pod.isReady && <span class="s dim">not ready</span>}
      </span>
      <Bar share={share} hasBegun={hasBegun} hasBand={isChancy} />
      <span class="num">
        {hasBegun && (
          <>
            <b>{percent(share.share)}</b> {number(requests)}
          </>
        )}
      </span>
    </li>
  );
}

function Node({ name, zone, shares, ...props }: Props & { readonly name: string; readonly zone: string; readonly shares: readonly Share[] }) {
  const { state, selected, select } = props;
  const enters = state.outlook.entries[name] ?? 0;
  return (
    <div class="place">
      <p class="place-name">
        <span class="who">
          <Glyph kind="node" />
          <Why subject={`node:${name}`} selected={selected} select={select}>
            {name}
          </Why>
          {zone !== '' && <span class="dim">{zone}</span>}
        </span>
        <span class="dim">{enters === 0 ? 'nobody enters here' : `${percent(enters)} of new ${connectionWord(state)}s enter here`}</span>
      </p>
      {shares.length === 0 ? (
        <p class="s dim">no pod</p>
      ) : (
        <ul class="pods">
          {shares.map((share) => (
            <PodRow key={share.pod.name} share={share} {...props} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Key({ state }: { readonly state: State }) {
  const isIpvs = state.proxy.startsWith('ipvs');
  if (counted(state) === 0) return null;
  return (
    <p class="key">
      <span>
        <svg class="bar" aria-hidden="true">
          <line class="fair" x1="50%" x2="50%" y1="0" y2="16" />
        </svg>
        what the rules give
      </span>
      {!isIpvs && choicesOf(state) > 0 && (
        <span>
          <svg class="bar" aria-hidden="true">
            <line class="band" x1="0" x2="100%" y1="9" y2="9" />
            <line class="band" x1="0" x2="0" y1="5" y2="13" />
            <line class="band" x1="100%" x2="100%" y1="5" y2="13" />
          </svg>
          where 95 of 100 fair runs with {number(choicesOf(state))} {choicesOf(state) === 1 ? 'choice' : 'choices'} end
        </span>
      )}
    </p>
  );
}

const laneHeight = 18;
const shownMax = 30;

function Mark({ sent, x, y }: { readonly sent: Sent; readonly x: string; readonly y: number }) {
  if (sent.how === 'refused' || sent.how === 'dropped')
    return (
      <svg x={x} y={y} overflow="visible">
        <path class="gone" d="M-4-4l8 8M4-4l-8 8" />
      </svg>
    );
  if (sent.how === 'open') return <circle class="known" cx={x} cy={y} r="2" />;
  return <circle class={sent.how === 'chosen' ? 'choice' : 'known'} cx={x} cy={y} r="4.5" />;
}

/** What the marks mean that occur. */
function legendOf(state: State): string {
  const word = connectionWord(state);
  const meanings: Readonly<Record<How, string>> = {
    chosen: `● new ${word}, chosen`,
    remembered: `○ new ${word}, client remembered`,
    open: `• ${word} that was open already`,
    refused: '✗ refused',
    dropped: '✗ dropped',
  };
  const found = new Set(recentOf(state).map(({ how }) => how));
  return (Object.keys(meanings) as How[]).flatMap((how) => (found.has(how) ? [meanings[how]] : [])).join(', ');
}

/** The last requests from left to right, a lane for each pod: discs are choices, rings go where the client was before, dots use an open connection. */
function Lanes({ state, selected, select }: Props) {
  const { pods } = state;
  const recent = recentOf(state);
  if (recent.length === 0) return null;
  const lanes = pods.map(({ letter }) => letter);
  const hasLost = recent.some(({ pod }) => pod === '');
  const rows = lanes.length + (hasLost ? 1 : 0);
  const rowOf = (pod: string): number => (lanes.includes(pod) ? lanes.indexOf(pod) : lanes.length);
  const x = (index: number): string => part((index + 0.5) / shownMax);
  const y = (pod: string): number => rowOf(pod) * laneHeight + laneHeight / 2;
  return (
    <div>
      <p class="label">
        <Why subject="recent" selected={selected} select={select}>
          The last requests
        </Why>
        , one by one
      </p>
      <div class="plot">
        <div class="axis-y" aria-hidden="true">
          {lanes.map((letter) => (
            <span key={letter}>{letter}</span>
          ))}
          {hasLost && <span class="lost">✗</span>}
        </div>
        <svg
          class="lanes"
          role="img"
          aria-label={`The last requests: ${recent.map(({ pod }) => (pod === '' ? 'lost' : pod)).join(' ')}`}
          height={rows * laneHeight}
        >
          {Array.from({ length: rows }, (_, row) => (
            <line key={row} class="lane" x1="0" x2="100%" y1={row * laneHeight + laneHeight / 2} y2={row * laneHeight + laneHeight / 2} />
          ))}
          {recent.map((sent, index) => {
            const before = recent[index - 1];
            const goesOn = sent.how === 'open' && before?.pod === sent.pod;
            return goesOn ? <line key={`k${String(index)}`} class="kept" x1={x(index - 1)} x2={x(index)} y1={y(sent.pod)} y2={y(sent.pod)} /> : null;
          })}
          {recent.map((sent, index) => (
            <Mark key={index} sent={sent} x={x(index)} y={y(sent.pod)} />
          ))}
        </svg>
      </div>
      <p class="label">{legendOf(state)}</p>
      <p class="label">{streaks(state)}</p>
    </div>
  );
}

/** How the shares settle while requests add up; each line is a pod, the selected one is black. */
function Curve({ state, selected, select }: Props) {
  const chart = chartOf(state);
  if (!chart) return null;
  const { width, height } = chartSize;
  const hasFunnel = !state.proxy.startsWith('ipvs');
  return (
    <div>
      <p class="label">
        <Why subject="shares" selected={selected} select={select}>
          Share of each pod
        </Why>{' '}
        while requests add up
      </p>
      <div class="plot">
        <div class="axis-y" aria-hidden="true">
          <span>{percent(chart.top)}</span>
          <span>0</span>
        </div>
        <svg class="curve" role="img" aria-label={headlineOf(state)} viewBox={`0 0 ${String(width)} ${String(height)}`} preserveAspectRatio="none">
          {hasFunnel && chart.funnels.map((outline, index) => <path key={index} class="funnel" d={`M${outline}Z`} />)}
          {chart.fair.map((y) => (
            <line key={y} class="fair" x1="0" x2={width} y1={y} y2={y} />
          ))}
          {chart.lines.map(({ pod, path }) => (
            <path key={pod} class={selected === `pod:${pod}` ? 'line chosen' : 'line'} d={`M${path}`} />
          ))}
        </svg>
        <div class="axis-x" aria-hidden="true">
          <span>1 request</span>
          {chart.to >= 100 && <span>{number(Math.round(Math.sqrt(chart.to)))}</span>}
          <span>{number(chart.to)}</span>
        </div>
      </div>
      <p class="label">dashed: what the rules give{hasFunnel ? '; tinted: where 95 of 100 fair runs stay' : ''}</p>
    </div>
  );
}

/** Who asks, the pods on their nodes with their shares, and what chance has to do with it. */
export default function View({ state, selected, select }: ViewProps<State, Action>) {
  const props = { state, selected, select };
  const shares = sharesOf(state);
  const lost = state.tally.refused + state.tally.dropped;
  const done = counted(state);
  return (
    <div class="shares">
      <p class="way">
        <span>
          <Why subject="traffic" selected={selected} select={select}>
            {wayIn(state)}
          </Why>
        </span>
        <span class="dim">{useOf(state)}</span>
        <span>
          → <Glyph kind="service" />
          <Why subject="service" selected={selected} select={select}>
            {state.input.service.metadata.name}
          </Why>
        </span>
        <span>
          <Why subject="rules" selected={selected} select={select}>
            {state.proxy}
          </Why>
          {state.proxy.startsWith('ipvs') && <span class="dim">from the documentation, outside the badge</span>}
        </span>
      </p>
      <div role="group" aria-label="Shares of the pods">
        {state.input.cluster.nodes.map(({ name, zone }) => (
          <Node key={name} name={name} zone={zone} shares={shares.filter(({ pod }) => pod.node === name)} {...props} />
        ))}
      </div>
      {lost > 0 && (
        <p class="lost">
          <Why subject="lost" selected={selected} select={select}>
            ✗ {number(lost)} {state.tally.dropped > 0 ? 'dropped' : 'refused'}
          </Why>{' '}
          ({percent(lost / done)} of the requests)
        </p>
      )}
      <Key state={state} />
      <div class="charts">
        <Lanes {...props} />
        <Curve {...props} />
      </div>
      <div class="verdict">
        <p>{headlineOf(state)}</p>
        {done > 0 && (
          <p class="s">
            <Why subject="test" selected={selected} select={select}>
              Chance?
            </Why>{' '}
            {testInWords(state)}
          </p>
        )}
      </div>
    </div>
  );
}
