import type { FieldCause } from '../../store/status-error.ts';
import { forbidden, unsupported } from '../field-causes.ts';

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const volumeModes = ['Block', 'Filesystem'];

/** What is wrong with access modes, of a volume or a claim. */
export function accessModeCauses(field: string, modes: readonly string[]): readonly FieldCause[] {
  const known = modes.filter((mode) => accessModes.includes(mode));
  const isMixed = known.includes('ReadWriteOncePod') && known.some((mode) => mode !== 'ReadWriteOncePod');
  return [
    ...modes.filter((mode) => !accessModes.includes(mode)).map((mode) => unsupported(field, mode, accessModes)),
    ...(isMixed ? [forbidden(field, 'may not use ReadWriteOncePod with other access modes')] : []),
  ];
}

/** What is wrong with a volume mode. */
export function volumeModeCauses(field: string, mode: string): readonly FieldCause[] {
  return volumeModes.includes(mode) ? [] : [unsupported(field, mode, volumeModes)];
}
