import { Why } from '../kit/why.tsx';
import type { ViewProps } from '../lab.ts';
import { machineTitle } from './names.ts';
import type { State } from './state.ts';
import { deviceName, devicesSeen, tcpdumpNow } from './tcpdump.ts';
import { shownHops } from './way.ts';

/** Devices with a tcpdump to ask: a switch has none. */
function devicesWithTcpdump(state: State): readonly string[] {
  return devicesSeen(state).filter((where) => state.outlook.machines[deviceName(where).machine]?.role !== 'switch');
}

/** The device that the learner asked about, else the last one that the packet came by. */
function shownDevice(state: State, devices: readonly string[], selected: string | undefined): string | undefined {
  const asked = devices.find((where) => `device:${where}` === selected);
  if (asked !== undefined) return asked;
  const last = shownHops(state).findLast((hop) => (hop.type === 'packet' || hop.type === 'arp') && devices.includes(hop.where));
  return last?.where;
}

/** What tcpdump has printed by now on one of the devices that the packet came by. */
export function Captures({ state, selected, select }: Pick<ViewProps<State>, 'selected' | 'select'> & { readonly state: State }) {
  const devices = devicesWithTcpdump(state);
  const shown = shownDevice(state, devices, selected);
  const named = (where: string) => {
    const { machine, device } = deviceName(where);
    return `${device} of ${machineTitle(state.outlook, machine)}`;
  };
  return (
    <details class="dump">
      <summary>What would tcpdump see here?</summary>
      {shown === undefined ? (
        <p>No device has seen the packet yet.</p>
      ) : (
        <>
          <p>
            <code>tcpdump -n -i {deviceName(shown).device}</code> in {machineTitle(state.outlook, deviceName(shown).machine)}, by now:
          </p>
          <pre>{tcpdumpNow(state, shown).join('\n')}</pre>
          <ul class="asks" aria-label="Other devices">
            {devices.map((where) => (
              <li key={where} class={where === shown ? 'on' : undefined}>
                <Why subject={`device:${where}`} selected={selected} select={select}>
                  {named(where)}
                </Why>
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
