import { Glyph } from '../kit/glyph.tsx';
import { Why } from '../kit/why.tsx';
import type { ViewProps } from '../lab.ts';
import type { ShownGroup, ShownRow } from './outlook.ts';
import { pictureLimits } from './picture-limits.ts';
import { dataInWords, sentence } from './words.ts';
import type { Action, State } from './state.ts';
import { shownQuery } from './situation.ts';

type Props = ViewProps<State, Action>;

const { groupsMax, rowsMax, dataMax, queriesMax } = pictureLimits;

/** A name that may break at its dots; what it shares with its neighbours is quieter. */
function Name({ name }: { readonly name: string }) {
  const labels = name.split(/(?<=\.)/u);
  const tree = labels.findIndex((label) => label === 'svc.' || label === 'pod.');
  const own = tree < 2 ? labels.length : tree - 1;
  return <code>{labels.map((label, index) => [index > 0 && <wbr />, index < own ? <b>{label}</b> : <i>{label}</i>])}</code>;
}

function Arrow() {
  return (
    <svg class="ar" aria-hidden="true">
      <line x1="0" y1="6" x2="100%" y2="6" />
      <svg x="100%" y="0" overflow="visible">
        <path d="M-9 1L0 6l-9 5z" />
      </svg>
    </svg>
  );
}

/** The name as the server reads it, label by label, and what it answers. */
function Asked({ state, selected, select }: Props) {
  const query = shownQuery(state);
  const answer = state.outlook.answers[state.shown];
  if (query === undefined || answer === undefined) return <p class="asked dim">Nothing has been asked for yet. Type a name.</p>;
  const { words, tone, why, labels } = answer;
  const marks = { found: '✓', missing: '✗', 'not looked at': '–' };
  return (
    <section class="asked" aria-label="The query">
      <p class="s dim">
        Query for type <b>{query.type}</b>, read from the right
      </p>
      <ol class="labels">
        {labels.map(({ text, role, verdict }, index) => (
          <li class={verdict === 'not looked at' ? 'skipped' : verdict}>
            <Why subject={`label:${index}`} selected={selected} select={select}>
              <Name name={text.endsWith('.') ? text : `${text}.`} />
            </Why>
            <span class="s">
              <b>{marks[verdict]}</b> {role}
              <span class="sr">, {verdict}</span>
            </span>
          </li>
        ))}
      </ol>
      <p class={tone === 'good' ? 'ok' : 'no'}>
        <Why subject={`query:${state.shown}`} selected={selected} select={select}>
          <b>
            {tone === 'good' ? '✓' : '✗'} {words}
          </b>
        </Why>
      </p>
      <p>{why.map((reason) => `${sentence(reason)} `)}</p>
    </section>
  );
}

/** All names that were asked for; each can be shown again. */
function Queries({ state, act }: Props) {
  if (state.queries.length < 2) return null;
  return (
    <ol class="queries" aria-label="Names asked for">
      {state.queries.map((query, index) => {
        const { words = '', tone } = state.outlook.answers[index] ?? {};
        if (index !== state.shown && index < state.queries.length - queriesMax) return null;
        return (
          <li class={index === state.shown ? 'now' : undefined}>
            <b class={tone === 'good' ? 'ok' : 'no'}>{tone === 'good' ? '✓' : '✗'}</b>
            <span class="told">
              <button
                type="button"
                class="link"
                aria-current={index === state.shown}
                onClick={() => {
                  act({ type: 'ask', name: query.typed, qtype: query.type });
                }}
              >
                <Name name={query.name} />
              </button>
              <span class="s">
                {query.type} {words}
              </span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Records({ row: { records, recordsTotal, isReversed, state, because, target } }: { readonly row: ShownRow }) {
  const [first] = records;
  return (
    <span class="data s">
      {first !== undefined && (
        <span>
          {first.type} {dataInWords(records, (target) => target.split('.')[0] ?? '')}
          {recordsTotal > dataMax && ` and ${recordsTotal - dataMax} more`}
          {isReversed && ' ⇄ PTR'}
          {target !== '' && <span class={target.startsWith('✗') ? 'no' : undefined}> {target}</span>}
        </span>
      )}
      {state !== 'exists' && (
        <span class="no">
          ✗ {state === 'gone' ? 'gone: ' : ''}
          {because}
        </span>
      )}
    </span>
  );
}

function RowItem({
  row,
  isAsked,
  isAside,
  selected,
  select,
  act,
}: Omit<Props, 'state'> & { readonly row: ShownRow; readonly isAsked: boolean; readonly isAside: boolean }) {
  const { readiness, name } = row;
  return (
    <li class={`row ${row.state}${isAsked ? ' now' : ''}`}>
      <span class={`object ${row.object.startsWith('port ') ? 'port' : ''}`}>
        {!row.object.startsWith('port ') && <Glyph kind={row.glyph} />}
        <span>
          <Why subject={row.subject} selected={selected} select={select}>
            {row.object}
          </Why>{' '}
          <span class="s dim">{row.detail}</span>
          {readiness !== undefined && !isAside && (
            <button
              type="button"
              class="ready s"
              aria-label={`${row.object} is ${readiness.isReady ? 'ready' : 'not ready'}: change that`}
              onClick={() => {
                act({ type: 'ready', pod: readiness.pod, ready: !readiness.isReady });
              }}
            >
              {readiness.isReady ? '✓ ready' : '✗ not ready'}
            </button>
          )}
        </span>
      </span>
      <Arrow />
      <span class="record">
        {name === '' ? (
          <span class="dim">no name of its own</span>
        ) : (
          <Why subject={`name:${name.toLowerCase()}`} selected={selected} select={select}>
            <Name name={name} />
          </Why>
        )}
        <Records row={row} />
      </span>
    </li>
  );
}

function GroupRows({ group, ...props }: Props & { readonly group: ShownGroup }) {
  const query = shownQuery(props.state);
  const asked = query?.name.toLowerCase();
  const rest = group.rowsTotal - rowsMax;
  return (
    <ol class="rows">
      {group.rows.slice(0, rowsMax).map((row) => (
        <RowItem
          row={row}
          isAside={group.isAside}
          isAsked={row.name !== '' && row.name.toLowerCase() === asked}
          selected={props.selected}
          select={props.select}
          act={props.act}
        />
      ))}
      {rest > 0 && <li class="s dim">and {rest} more, all in the table</li>}
    </ol>
  );
}

function GroupItem({ group, ...props }: Props & { readonly group: ShownGroup }) {
  if (group.isAside) {
    return (
      <details open={props.state.outlook.answers[props.state.shown]?.foldedIn === group.about}>
        <summary class="s">
          {group.about}: {group.rowsTotal}
        </summary>
        <GroupRows group={group} {...props} />
      </details>
    );
  }
  return (
    <div class={group.state}>
      <p class="s dim">
        {group.title !== '' && (
          <>
            <Glyph kind="service" />{' '}
            <Why subject={group.subject} selected={props.selected} select={props.select}>
              {group.title}
            </Why>
            ,{' '}
          </>
        )}
        {group.about}
      </p>
      <GroupRows group={group} {...props} />
    </div>
  );
}

/** The query as the server reads it; below it the objects, and from left to right the names that they make. */
export default function View(props: Props) {
  const { groups, groupsTotal } = props.state.outlook;
  const main = groups.filter(({ isAside }) => !isAside);
  return (
    <div class="records">
      <Asked {...props} />
      <Queries {...props} />
      <div class="zone">
        <p class="ends s dim">
          <span>Objects</span>
          <span />
          <span>Names that they make</span>
        </p>
        {main.length === 0 && <p class="dim">No Service and no pod: nothing here makes a name.</p>}
        {main.slice(0, groupsMax).map((group) => (
          <GroupItem group={group} {...props} />
        ))}
        {groupsTotal > groupsMax && <p class="s dim">and {groupsTotal - groupsMax} more, all in the table</p>}
        {groups
          .filter(({ isAside }) => isAside)
          .map((group) => (
            <GroupItem group={group} {...props} />
          ))}
      </div>
    </div>
  );
}
