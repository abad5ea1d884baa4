import { Why, type Asking } from '../kit/why.tsx';
import { machineTitle } from './names.ts';
import type { State } from './state.ts';
import { deviceName, devicesSeen } from './way.ts';

/** The devices that the packet came by: each is asked for what tcpdump has printed on it. A switch has none. */
export function Captures({ state, selected, select }: Asking & { readonly state: State }) {
  const { machines } = state.outlook;
  const devices = devicesSeen(state).filter((where) => machines[deviceName(where).machine]?.role !== 'switch');
  return (
    <details class="dump">
      <summary>What does tcpdump see?</summary>
      <p>{devices.length === 0 ? 'No device has seen the packet yet.' : 'Ask a device for what tcpdump has printed there by now:'}</p>
      <ul class="asks" aria-label="Devices with tcpdump">
        {devices.map((where) => (
          <li key={where}>
            <Why subject={`device:${where}`} selected={selected} select={select}>
              {deviceName(where).device} of {machineTitle(state.outlook, deviceName(where).machine)}
            </Why>
          </li>
        ))}
      </ul>
    </details>
  );
}
