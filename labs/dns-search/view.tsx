import { Why } from '../kit/why.tsx';
import type { ViewProps } from '../lab.ts';
import { libraryNames } from './input.ts';
import { resultInWords } from './log.ts';
import { spent } from './steps.ts';
import { costOf, namesAsked, rungsOf, type Asking, type Rung } from './rungs.ts';
import { currentRun, type Action, type State } from './state.ts';
import { isFinished, type Run } from './run.ts';

type Select = (subject: string) => void;

/** Rungs drawn at most; a lookup with more shows the first and the last ones. */
const rungsMax = 24;

/** A name that may break at its dots; what the search list appended is marked. */
function Name({ typed, appended }: { readonly typed: string; readonly appended: string }) {
  const labels = appended === '' ? [] : appended.split(/(?<=\.)/u);
  return (
    <>
      {typed !== '' && <b>{typed}</b>}
      {labels.map((label, index) => [index > 0 && <wbr />, <i>{label}</i>])}.
    </>
  );
}

function Arrow({ flying }: { readonly flying: boolean }) {
  return (
    <svg class="ar" aria-hidden="true">
      <line x1="0" y1="6" x2="100%" y2="6" stroke="currentColor" stroke-width="2" />
      <svg x="100%" y="0" overflow="visible">
        <path d="M-9 1L0 6l-9 5z" fill="currentColor" />
      </svg>
      {flying && (
        <svg x="55%" y="0" overflow="visible">
          <path class="fly" d="M-8-1H3l7 7-7 7H-8z" />
        </svg>
      )}
    </svg>
  );
}

interface AnswerLine {
  readonly types: string;
  readonly server: string;
  readonly asking: Asking;
}

/** Askings that got the same answer from the same server stand in one line. */
function answerLines(rung: Rung): readonly AnswerLine[] {
  const lines: AnswerLine[] = [];
  for (const asking of rung.askings) {
    const same = lines.findIndex(
      ({ server, asking: other }) =>
        server === asking.server && other.answer === asking.answer && other.lost === asking.lost && other.because === asking.because,
    );
    const line = lines[same];
    if (line === undefined) lines.push({ types: asking.qtype, server: asking.server, asking });
    else lines[same] = { ...line, types: `${line.types} and ${asking.qtype}` };
  }
  return lines;
}

function AnswerText({ line, withServer }: { readonly line: AnswerLine; readonly withServer: boolean }) {
  const { asking, types, server } = line;
  const from = withServer ? <code>{server}</code> : null;
  if (asking.answer === undefined) {
    return (
      <div class={`a ${asking.lost ? 'lost' : ''}`}>
        <span class="ty">{types}</span> {from}
        {asking.lost ? <b>✗ no answer</b> : <span>asking …</span>}
      </div>
    );
  }
  return (
    <div class={`a ${asking.tone === 'good' ? 'won' : asking.tone === 'bad' ? 'lost' : ''}`}>
      <span class="ty">{types}</span> {from}
      <b>
        {asking.tone === 'good' ? '✓ ' : asking.tone === 'bad' ? '✗ ' : ''}
        {asking.answer}
      </b>
      {asking.because !== undefined && <span class="bc">{asking.because}</span>}
    </div>
  );
}

function RungItem({
  rung,
  run,
  isLast,
  selected,
  select,
}: {
  readonly rung: Rung;
  readonly run: Run;
  readonly isLast: boolean;
  readonly selected: string | undefined;
  readonly select: Select;
}) {
  const lines = answerLines(rung);
  const servers = new Set(rung.askings.map(({ server }) => server));
  const first = rung.askings[0]?.queryIndex ?? 0;
  const asking = rung.state === 'asking';
  return (
    <li class={`rung ${isLast && !isFinished(run) ? 'now' : ''}`}>
      <span class="i">{rung.number}</span>
      <span class="q">
        <Why subject={`query:${run.number}:${first}`} selected={selected} select={select}>
          <Name typed={rung.typed} appended={rung.appended} />
        </Why>
        {(rung.attempt > 1 || rung.transport === 'tcp') && (
          <small> {[rung.attempt > 1 ? `try ${rung.attempt}` : '', rung.transport === 'tcp' ? 'TCP' : ''].filter(Boolean).join(', ')}</small>
        )}
      </span>
      <span class="t">{rung.atMs} ms</span>
      <Arrow flying={asking} />
      <div class="as">
        {lines.map((line) => (
          <AnswerText line={line} withServer={servers.size > 1 || line.server !== (rungsOf(run)[0]?.askings[0]?.server ?? line.server)} />
        ))}
      </div>
    </li>
  );
}

/** Names that would be tried next if everything so far fails. */
function Ahead({ run, state }: { readonly run: Run; readonly state: State }) {
  const asked = namesAsked(run);
  const names = state.outlook.candidates.filter((name) => !asked.includes(name));
  if (isFinished(run) || run.shown === 0 || names.length === 0) return null;
  return (
    <>
      {names.slice(0, 6).map((name, index) => (
        <li class="rung ahead">
          <span class="i">{index === 0 ? 'then' : ''}</span>
          <span class="q">{name}</span>
          <span class="t" />
          <Arrow flying={false} />
        </li>
      ))}
    </>
  );
}

function File({ state, selected, select }: { readonly state: State; readonly selected: string | undefined; readonly select: Select }) {
  const file = state.outlook.file;
  return (
    <div class="dns-file" role="group" aria-label="/etc/resolv.conf of the pod">
      <p class="label">
        <code>/etc/resolv.conf</code> {file.pasted ? 'written by you' : 'written by the kubelet'}
      </p>
      {file.lines.length === 0 && <p class="s dim">{file.missing ? file.missing : 'The file is empty: the library takes its defaults.'}</p>}
      <ol>
        {file.lines.map((line) => (
          <li>
            <Why subject={`line:${line.number}`} selected={selected} select={select}>
              <code>{line.text}</code>
            </Why>
            <span class="s dim">{line.short}</span>
          </li>
        ))}
      </ol>
      {file.dropped.map((dropped) => (
        <p class="s dropped">
          <code>{dropped.text}</code> is left out: {dropped.because}
        </p>
      ))}
    </div>
  );
}

function Verdict({ run, selected, select }: { readonly run: Run; readonly selected: string | undefined; readonly select: Select }) {
  const { names, queries, roundTrips } = costOf(run);
  if (run.shown === 0) return null;
  if (!isFinished(run))
    return (
      <p class="verdict dim">
        So far {queries} {queries === 1 ? 'query' : 'queries'} in {spent(run)}.
      </p>
    );
  const ok = run.trace.result.code === 'OK';
  return (
    <p class="verdict">
      <Why subject="result" selected={selected} select={select}>
        <b class={ok ? 'ok' : 'no'}>
          {ok ? '✓' : '✗'} {resultInWords(run.trace.result)}
        </b>
      </Why>{' '}
      {names} {names === 1 ? 'name' : 'names'}, {queries} {queries === 1 ? 'query' : 'queries'}, {roundTrips} {roundTrips === 1 ? 'round trip' : 'round trips'},{' '}
      {spent(run)}
    </p>
  );
}

/** The file that decides, and the ladder of queries between the pod and the DNS servers. */
export default function View({ state, selected, select }: ViewProps<State, Action>) {
  const run = currentRun(state);
  const rungs = rungsOf(run);
  const hidden = Math.max(0, rungs.length - rungsMax);
  const visible = hidden === 0 ? rungs : [...rungs.slice(0, rungsMax / 2), ...rungs.slice(-rungsMax / 2)];
  const servers = state.outlook.file.servers;
  return (
    <div class="dns">
      <File state={state} selected={selected} select={select} />
      <div class="ladder">
        <div class="ends">
          <span>
            <svg class="g pod" viewBox="0 0 16 16" aria-hidden="true">
              <circle cx="8" cy="8" r="6" />
            </svg>
            <b>{state.input.pod.metadata.name}</b> <span class="dim">{libraryNames[run.library]}</span>
          </span>
          <span>
            {servers.length === 1 ? 'DNS server' : 'DNS servers'} <b>{servers.join(', ')}</b>
            <svg class="g service" viewBox="0 0 16 16" aria-hidden="true">
              <path d="M8 1l7 7-7 7-7-7z" />
            </svg>
          </span>
        </div>
        <ol class="rungs">
          {visible.map((rung, index) => (
            <>
              {hidden > 0 && index === rungsMax / 2 && (
                <li class="rung ahead">
                  <span class="i">…</span>
                  <span class="q">{hidden} more, all in the table</span>
                </li>
              )}
              <RungItem key={rung.number} rung={rung} run={run} isLast={rung.number === rungs.length} selected={selected} select={select} />
            </>
          ))}
          <Ahead run={run} state={state} />
          {rungs.length === 0 && (run.shown === 0 || isFinished(run)) && (
            <li class="rung ahead">
              <span class="i" />
              <span class="q none">
                {isFinished(run) ? 'No server was asked.' : 'Nothing asked yet.'}
                {run.shown === 0 && <span class="scripted"> Press Play, or step.</span>}
              </span>
            </li>
          )}
        </ol>
        <Verdict run={run} selected={selected} select={select} />
      </div>
    </div>
  );
}
