const letters = { run: 'r', figure: 'f', goes: 'g', over: 'o', back: 'b' } as const;
/** The timeline comes too, at its start. */
const withLine = 's';

/** All controls that a sleeping lab can have: each letter is a trait. */
export const shells: readonly string[] = Object.values(letters).reduce<readonly string[]>((all, letter) => [...all, ...all.map((one) => one + letter)], ['']);

/**
 * Controls and timeline of a lab that sleeps, as `Controls` and `Timeline` draw them (`slim` compares them). The same in nearly every figure, they come with
 * the script and not with each lab: 0.3 kB less for each, and without scripts nothing stands there that would do nothing.
 */
export function shellHtml(traits: string, id: string): string {
  const has = (trait: keyof typeof letters): boolean => traits.includes(letters[trait]);
  const button = (does: string, rest: string, content: string, more = ''): string =>
    `<button class="btn${rest}" data-does="${does}"${more}>${content}</button>`;
  const icon = (name: string): string => `<svg class="ic" aria-hidden="true"><use href="#i-${name}"></use></svg>`;
  const dead = (isDead: boolean): string => (isDead ? ' aria-disabled="true"' : '');
  const play = button('play', has('goes') ? ' go play' : ' play', icon('play') + (has('over') ? 'Replay' : 'Play'));
  const step = button('step', '', `${icon('step')}Step`, dead(has('over')));
  const view = (name: string, rest = ''): string => `<label><input type="radio" name="${id}-show" value="${name.toLowerCase()}"${rest}/>${name}</label>`;
  return [
    '<div class="controls" role="group" aria-label="Lab controls"><div class="run-row">',
    button('back', '', icon('back'), ` aria-label="One step back"${dead(!has('back'))}`),
    has('run') ? play + step : '',
    button('reset', ' bare', `${icon('reset')}<span class="text">Reset</span>`, ' aria-label="Reset"'),
    '</div><div class="more-row">',
    has('figure') ? button('open', has('over') ? ' go' : '', 'Change it', ' aria-expanded="false"') : '',
    '<span class="gap"></span><fieldset class="views"><legend class="sr">Show as</legend>',
    view('Picture', ' checked') + view('Table') + view('Words'),
    '</fieldset></div></div>',
    traits.includes(withLine) ? startLine(has('run') ? 'At the start' : 'Change 0 of 0') : '',
  ].join('');
}

/** The timeline before anything has happened. */
function startLine(now: string): string {
  return `<div class="timeline"><div class="now-line"><span>${now}</span><span></span></div><div class="track"><svg aria-hidden="true" height="48"><line class="ax" x1="0" y1="13" x2="100%" y2="13"></line></svg><input type="range" min="0" max="1000" value="0" aria-label="Time"/></div></div>`;
}
