import { counted } from '../c-text.ts';
import { Exchange, type Answers, type Asked } from './exchange.ts';
import { settingsOf, type Process } from './process.ts';

/**
 * Asks the servers one after the other, attempts times, until one gives answers. Undefined: none did, and the process's system
 * error says whether nobody was there or nothing came. Models __res_context_send in resolv/res_send.c.
 */
export function send(process: Process, asked: Asked): Answers | undefined {
  const { servers, attempts, flags } = settingsOf(process);
  const { writer } = process;
  const exchange = new Exchange(process, asked);
  const offset = flags.has('rotate') && servers.length > 1 ? process.rotation % servers.length : 0;
  if (flags.has('rotate') && servers.length > 1) {
    process.rotation += 1;
    writer.add({ kind: 'decide', next: 'remember' }, `rotate: this time the list of servers starts with server ${offset + 1}, the next time one further.`);
  }
  let transport: 'udp' | 'tcp' = flags.has('use-vc') ? 'tcp' : 'udp';
  for (let attempt = 1, last = false; attempt <= attempts && !last; attempt += 1) {
    exchange.attempt = attempt;
    for (let shift = 0; shift < servers.length; shift += 1) {
      const index = (shift + offset) % servers.length;
      let outcome = exchange.tryServer(index, transport);
      if (outcome === 'tcp') {
        transport = 'tcp';
        outcome = exchange.tryServer(index, transport);
      }
      // Over TCP the list is gone through at most once.
      last = transport === 'tcp';
      if (typeof outcome === 'object') {
        process.systemError = 'none';
        return outcome;
      }
      const nextIndex = (index + 1) % servers.length;
      if (shift + 1 < servers.length)
        writer.add({ kind: 'decide', next: 'next server' }, `Nothing usable from server ${index + 1}: now server ${nextIndex + 1} of ${servers.length}.`);
      else if (!last && attempt < attempts)
        writer.add(
          { kind: 'decide', next: 'retry' },
          `Attempt ${attempt} of ${attempts} brought nothing usable from ${counted(servers.length, 'server')}: once more from the first.`,
        );
    }
  }
  process.systemError = transport === 'tcp' ? exchange.tcpError : exchange.gotSomewhere ? 'timeout' : 'refused';
  return undefined;
}
