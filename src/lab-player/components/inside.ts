/** What stands around the picture when the reader wants to change something; on a lab's own page from the start, in a chapter when it is opened. */
export { intoSight } from '../into-sight.ts';
export { Experiment, Extras } from './experiment.tsx';
export { Inputs, World } from './inputs.tsx';
export { Log } from './log.tsx';
export { Question } from './question.tsx';
export { RealCluster } from './real-cluster.tsx';
