import type { ShownPacket } from '../engine/network/packet/hops.ts';
import { Glyph } from '../kit/glyph.tsx';
import { currentStep, type State } from './state.ts';
import { currentPassage } from './way.ts';
import { marksNow, memoryWords } from './view-words.ts';

interface Field {
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

const markText = (mark: number): string => (mark === 0 ? 'none' : `0x${mark.toString(16)}`);
const innerText = ({ encapsulation }: ShownPacket): string => (encapsulation ? `VXLAN, in it ${encapsulation.inner.src} → ${encapsulation.inner.dst}` : 'no');

/** The same rows in every hop of a run, so that nothing below moves. */
function fieldsOf(state: State): readonly Field[] {
  const { before, after } = currentPassage(state);
  const { settings } = state.outlook.network;
  const marks = marksNow(state);
  const field = (label: string, value: (packet: ShownPacket) => string): Field => ({
    label,
    before: before ? value(before) : '',
    after: after ? value(after) : '',
  });
  return [
    field('Source', ({ src }) => src),
    field('Destination', ({ dst }) => dst),
    field('TTL', ({ ttl }) => `${ttl}`),
    field('Size', ({ len }) => `${len} bytes`),
    { label: 'Mark', before: markText(marks.before), after: after ? markText(marks.after) : '' },
    ...(settings.podNetwork === 'vxlan' ? [field('Tunnel', innerText)] : []),
  ];
}

/** `10.244.1.5:40003` may break before its port. */
function Value({ text }: { readonly text: string }) {
  const pieces = text.split(/(?<=:)(?=\d{2,5}$)/u);
  return (
    <>
      {pieces[0]}
      {pieces.length > 1 && <wbr />}
      {pieces[1]}
    </>
  );
}

/** `isWrapped`: what came in is not gone, it is inside. */
function Row({ label, before, after, isEnd, isWrapped }: Field & { readonly isEnd: boolean; readonly isWrapped: boolean }) {
  const isChanged = before !== '' && after !== '' && before !== after;
  return (
    <tr class={isChanged ? 'changed' : undefined}>
      <th scope="row">{label}</th>
      {isChanged ? (
        <>
          <td>
            {isWrapped ? (
              <Value text={before} />
            ) : (
              <s>
                <Value text={before} />
              </s>
            )}
          </td>
          <td>
            <Value text={after} />
          </td>
        </>
      ) : (
        <td colSpan={2}>
          {before === '' ? after || '–' : before} <span class="same">{isEnd ? 'ends here' : before === '' || after === '' ? '' : 'stays'}</span>
        </td>
      )}
    </tr>
  );
}

/** What the hop that happened last did to the packet, and what was remembered of it. */
export function PacketFields({ state }: { readonly state: State }) {
  const { frame, after } = currentPassage(state);
  const memory = memoryWords(state);
  const { shown } = state.sending;
  const kind = currentStep(state)?.kind;
  const isWrapped = kind === 'wrap' || kind === 'unwrap';
  return (
    <div role="group" aria-label="The packet">
      <p class="hd">
        <Glyph kind="packet" /> {shown === 0 ? 'The packet' : `What hop ${shown} did to the packet`}
      </p>
      <table class="fields-of">
        <thead>
          <tr>
            <td />
            <th scope="col">Came in</th>
            <th scope="col">Goes on</th>
          </tr>
        </thead>
        <tbody>
          {fieldsOf(state).map((field, index) => (
            <Row key={field.label} {...field} isEnd={after === undefined && shown > 0 && index === 0} isWrapped={isWrapped} />
          ))}
          <tr>
            <th scope="row">MACs</th>
            <td colSpan={2}>{frame ? `${frame.smac} → ${frame.dmac}` : <span class="same">in no frame just now</span>}</td>
          </tr>
        </tbody>
      </table>
      <p class="ct">
        <b>{memory.word}</b> {memory.text}
      </p>
    </div>
  );
}
