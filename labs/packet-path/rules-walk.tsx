import { Why, type Asking } from '../kit/why.tsx';
import { isTelling, ruleBody, ruleWords } from './rule-words.ts';
import { currentStep, type State } from './state.ts';
import { stretchesOf, type WalkedRule } from './view-stretches.ts';
import { balancedIn, visitOf } from './way.ts';

/** Chains of kube-proxy end in a hash, of which four letters tell them apart well enough. */
export const shortChain = (text: string): string => text.replace(/(KUBE-(?:SVC|SVL|SEP|EXT|FW|POD-FW|NWPLCY)-\w{4})\w{8,}/gu, '$1…');

/** What fits into a line on a phone. */
const narrowMax = 34;

/** A rule breaks before its options, not inside them. */
const optionsOf = (body: string): readonly string[] => body.split(/ (?=(?:! )?-{1,2}[a-z])(?<!! )/u);

function RuleItem({ walked: { rule, place }, hop, ...asking }: Asking & { readonly walked: WalkedRule; readonly hop: number }) {
  const { matched, table, chain } = rule;
  const isHit = isTelling(rule);
  return (
    <li class={isHit ? 'hit' : matched ? 'y' : 'n'}>
      <span class="mk">
        {matched ? '✓' : '–'}
        <span class="sr">{matched ? ' matched' : ' passed over'}</span>
      </span>
      <span class="ln">
        <span class="ch">{shortChain(chain)}</span> <span class="tb">{table}:</span> <span class="wy">{shortChain(ruleWords(rule))}</span>
      </span>
      <Why subject={`rule:${hop}:${place}`} {...asking}>
        <code>
          {optionsOf(ruleBody(rule)).map((option) => (
            <>
              <span class={option.length < narrowMax ? 'nowrap' : undefined}>{option}</span>{' '}
            </>
          ))}
        </code>
      </Why>
    </li>
  );
}

function foldedWords(walked: readonly WalkedRule[]): string {
  const passed = walked.filter(({ rule }) => !rule.matched).length;
  const chains = [...new Set(walked.map(({ rule }) => rule.chain))];
  const where = chains.length === 1 ? ` in ${shortChain(chains[0] ?? '')}` : '';
  const count = walked.length === 1 ? '1 rule' : `${walked.length} rules`;
  return passed === walked.length ? `${count} passed over${where}` : `${count} without effect${where}`;
}

/** Every rule that one visit tried, in order; runs that nothing came of are folded. */
export function RulesWalk({ state, selected, select }: Asking & { readonly state: State }) {
  const { sending } = state;
  const step = currentStep(state);
  if (!step) return null;
  const visit = visitOf(sending, step);
  const balanced = balancedIn(sending, step);
  const hop = visit ? sending.followed.hops.indexOf(visit, step.from) : -1;
  const item = (walked: WalkedRule) => <RuleItem key={walked.place} walked={walked} hop={hop} selected={selected} select={select} />;
  return (
    <ol class="rules">
      {stretchesOf(visit?.tried ?? []).map((stretch) =>
        stretch.kind === 'shown' ? (
          item(stretch.walked)
        ) : (
          <li class="fold" key={stretch.walked[0]?.place}>
            <details>
              <summary>{foldedWords(stretch.walked)}</summary>
              <ol class="rules">{stretch.walked.map(item)}</ol>
            </details>
          </li>
        ),
      )}
      {balanced && (
        <li class="hit">
          <span class="mk">{balanced.after ? '✓' : '✗'}</span>
          <span class="ln">
            <span class="ch">{balanced.virtualServer}</span> <span class="tb">ipvs, {balanced.scheduler}:</span>{' '}
            <span class="wy">
              {balanced.chose !== undefined ? `the destination becomes ${balanced.chose}` : balanced.after ? 'its addresses are put back' : 'no destination'}
            </span>
          </span>
        </li>
      )}
    </ol>
  );
}
