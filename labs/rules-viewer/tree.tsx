import { Glyph } from '../kit/glyph.tsx';
import { Why, type Asking } from '../kit/why.tsx';
import { keyOf } from './input.ts';
import type { DrawnBlock, DrawnLine, Picture } from './picture.ts';
import type { Outlook, ShownLine } from './outlook.ts';
import type { State } from './state.ts';
import { conditionOf, isByHand, podAt } from './traffic.ts';
import { count, fraction, grouped } from './words.ts';

const kinds = { chain: 'rule', map: 'element', set: 'element' } as const;

/** The part that a rule takes, behind what the rules before it took. */
function Part({ line: { chance = 1, share = 1 } }: { readonly line: ShownLine }) {
  const before = chance > 0.999_999 ? 1 - share : 1 - share / chance;
  const percent = (part: number): string => `${(100 * part).toFixed(2)}%`;
  const isLast = chance > 0.999_999;
  const takes = isLast ? (share > 0.999_999 ? 'all' : 'the rest = ') : before < 0.000_001 ? '' : `${fraction(chance)} of the rest = `;
  return (
    <span class="part s">
      <svg class="bar" aria-hidden="true">
        <rect width="100%" height="8" class="all" />
        <rect width={percent(before)} height="8" class="before" />
        <rect x={percent(before)} width={percent(share)} height="8" class="taken" />
      </svg>
      <span>
        takes {takes}
        {share < 0.999_999 && <b>{fraction(share)} of all</b>}
      </span>
    </span>
  );
}

interface Drawing extends Asking {
  readonly state: State;
}

/** Who has the address that a rule sends packets to. */
function Target({ endpoint, state, ...asking }: Drawing & { readonly endpoint: string }) {
  const found = podAt(state, endpoint);
  if (found === undefined) {
    return isByHand(state, endpoint) ? (
      <span class="s dim">→ an address from a hand-written EndpointSlice</span>
    ) : (
      <b class="no s">✗ no pod has this address</b>
    );
  }
  return (
    <span class="s target">
      → <Glyph kind="pod" />{' '}
      <Why subject={`pod:${keyOf(found.pod)}`} {...asking}>
        {found.pod.metadata.name}
      </Why>{' '}
      <span class="dim">
        on {found.pod.spec.nodeName}, {conditionOf(found)}
      </span>
    </span>
  );
}

function LineItem({ drawn, ...asking }: Drawing & { readonly drawn: DrawnLine }) {
  const { line, subject, blocks, isAbove } = drawn;
  const { isNew = false } = line;
  return (
    <li class={isNew ? 'line new' : 'line'}>
      <p class="told">
        {isNew && <b class="flag s">+ new</b>}{' '}
        <Why subject={subject} selected={asking.selected} select={asking.select}>
          {line.words}
        </Why>
        {isAbove && <span class="s dim"> (drawn above)</span>}
      </p>
      {line.share !== undefined && <Part line={line} />}
      {line.endpoint !== undefined && <Target endpoint={line.endpoint} {...asking} />}
      <code class="s">{line.text}</code>
      {line.choices !== undefined && (
        <ul class="choices s">
          {line.choices.slice(0, 12).map(({ text, share, endpoint }) => (
            <li>
              <b>{fraction(share)}</b> <code>{text}</code> {endpoint !== undefined && <Target endpoint={endpoint} {...asking} />}
            </li>
          ))}
          {line.choices.length > 12 && <li class="dim">and {line.choices.length - 12} more</li>}
        </ul>
      )}
      {blocks.map((block) => (
        <BlockItem drawn={block} {...asking} />
      ))}
    </li>
  );
}

function BlockItem({ drawn: { block, lines }, ...asking }: Drawing & { readonly drawn: DrawnBlock }) {
  const { removed, total } = block;
  const others = total - lines.length;
  return (
    <div class="block">
      <p class={block.is === 'new' ? 'name new' : 'name'}>
        <Why subject={`chain:${block.id}`} selected={asking.selected} select={asking.select}>
          <code>
            <b>{block.name}</b>
          </code>
        </Why>{' '}
        <span class="s dim">
          {block.table === 'kube-proxy' ? '' : `table ${block.table}. `}
          {block.about}
        </span>
      </p>
      <ol>
        {others > 0 && (
          <li class="s dim">
            {grouped(others)} {others === 1 ? kinds[block.kind] : `${kinds[block.kind]}s`} about something else
          </li>
        )}
        {lines.map((drawn) => (
          <LineItem drawn={drawn} {...asking} />
        ))}
        {removed.map((text) => (
          <li class="line gone s">
            <b class="flag">− gone</b> <code>{text}</code>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The rules of one Service: doors first, below each rule the chain that it jumps to. */
export function Tree({ picture: { roots, apart, behind }, gone, ...asking }: Drawing & Pick<Outlook, 'gone'> & { readonly picture: Picture }) {
  return (
    <div class="tree">
      {roots.length === 0 && <p class="dim">No rule on this node speaks of {asking.state.shown === '' ? 'a Service' : asking.state.shown}.</p>}
      {roots.map((drawn) => (
        <BlockItem drawn={drawn} {...asking} />
      ))}
      {apart.length > 0 && <p class="s dim">{count(apart.length, 'chain')} of the Service that nothing above leads to:</p>}
      {apart.map((drawn) => (
        <BlockItem drawn={drawn} {...asking} />
      ))}
      {gone.length > 0 && (
        <p class="line gone s">
          <b class="flag">− gone</b>{' '}
          {gone.map(({ name, id }) => (
            <>
              <Why subject={`chain:${id}`} selected={asking.selected} select={asking.select}>
                <code>{name}</code>
              </Why>{' '}
            </>
          ))}
        </p>
      )}
      {behind.length > 0 && (
        <details>
          <summary class="s dim">What happens to marked packets: the same for all Services</summary>
          {behind.map((drawn) => (
            <BlockItem drawn={drawn} {...asking} />
          ))}
        </details>
      )}
    </div>
  );
}
