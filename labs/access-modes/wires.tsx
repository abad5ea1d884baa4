import type { LinkState } from './scene.ts';

/** Pixels from one wire to the next, and from the top of a row to where its lines branch off. */
const step = 30;
const branchY = 20;
const wireX = (index: number): number => 17 + index * step;

/** How far each volume's wire runs down: the row of its last line. */
export interface Wiring {
  readonly count: number;
  readonly lastRow: readonly number[];
}

/** What a row of the picture does with the wires: a volume begins, a line branches off, or they pass by. */
export interface Branch {
  readonly volume: number;
  readonly state: LinkState;
}

/** The wires that pass through a row, the drum of a volume that begins in it, and the line that branches off. */
export function Wires({ wiring, row, begins, branch }: { readonly wiring: Wiring; readonly row: number; readonly begins?: number; readonly branch?: Branch }) {
  const width = wiring.count * step + 22;
  return (
    <svg class="wires" width={width} aria-hidden="true">
      {wiring.lastRow.map((last, index) => {
        const x = wireX(index);
        // Volumes stand in the first rows, one in each.
        if (row < index || row > last || (row === index && begins === undefined)) return null;
        const from = begins === index ? branchY : 0;
        return row === last && begins !== index ? (
          <line class="down" x1={x} x2={x} y1={from} y2={branchY} />
        ) : row < last ? (
          <line class="down" x1={x} x2={x} y1={from} y2="100%" />
        ) : null;
      })}
      {branch !== undefined && <BranchLine branch={branch} width={width} />}
      {begins !== undefined && <Drum x={wireX(begins)} isUsed={(wiring.lastRow[begins] ?? 0) > begins} />}
    </svg>
  );
}

function BranchLine({ branch: { volume, state }, width }: { readonly branch: Branch; readonly width: number }) {
  const x = wireX(volume);
  const middle = width - 14;
  if (state !== 'refused') return <line class={state} x1={x} x2={width} y1={branchY} y2={branchY} />;
  return (
    <g class="refused">
      <line x1={x} x2={middle - 8} y1={branchY} y2={branchY} />
      <path d={`M${middle - 5} ${branchY - 5}l10 10m0-10l-10 10`} />
    </g>
  );
}

function Drum({ x, isUsed }: { readonly x: number; readonly isUsed: boolean }) {
  const [left, right] = [x - 11, x + 11];
  return (
    <g class={isUsed ? 'drum' : 'drum idle'}>
      <path d={`M${left} 11v18c0 2.6 4.9 4.500 11 4.500s11-1.900 11-4.500V11`} />
      <ellipse cx={(left + right) / 2} cy="11" rx="11" ry="4.500" />
    </g>
  );
}
