/**
 * What every lab is. The player, the terminal runner, links, tests and the page without JavaScript know labs
 * only through this file. It imports nothing.
 *
 * A lab is a pure state machine over texts that the learner can edit. `labs/<id>/lab.ts` exports the machine,
 * `labs/<id>/read.ts` its reader (apart, so that the YAML reader loads at the first edit; docs/decisions/0004).
 */

/** Anything that survives a JSON round trip unchanged. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

export type Language = 'kubernetes' | 'yaml' | 'resolv.conf' | 'expression' | 'text';

/** A text the learner edits. `bytesMax` bounds what may be pasted (UTF-8 bytes). */
export interface Part {
  readonly label: string;
  readonly language: Language;
  readonly bytesMax: number;
  /** One sentence under the label: what this text is, and what an empty one means. */
  readonly about?: string;
}

/** A mistake in a text, told as a good colleague would: what, where, what was expected, how to mend it. Lines and columns count from 1. */
export interface LearnerError<PartId extends string = string> {
  readonly part: PartId;
  readonly line: number;
  readonly column: number;
  /** Column behind the last wrong character; absent: to the end of the line. */
  readonly columnEnd?: number;
  readonly message: string;
  readonly expected: string;
  readonly hint?: string;
  /** What the real tool prints for the same text, where that is known. */
  readonly kubectl?: string;
}

export type ReadResult<PartId extends string, Input> =
  { readonly ok: true; readonly input: Input } | { readonly ok: false; readonly errors: readonly LearnerError<PartId>[] };

/** The colour-and-shape categories of the course. */
export type Category = 'pod' | 'service' | 'node' | 'volume' | 'identity' | 'packet';

/** What was recorded of the real thing: lookups by C libraries; clusters with volumes and claims; decisions of the scheduler; packets; kube-proxy’s rules. */
export type Recording = 'lookups' | 'volumes' | 'scheduling' | 'packets' | 'kube-proxy';

/** Good, bad or neutral; always shown with a word or a mark as well. */
export type Tone = 'good' | 'bad' | 'plain';

interface OfferBase {
  /** Stable among the offers of one state. */
  readonly id: string;
  readonly label: string;
  /** Fields with the same group stand together under its name. */
  readonly group?: string;
  /** What the offer acts on, as `explain` knows it. */
  readonly subject?: string;
  /** 'input' stands beside the texts (what is asked); 'world' among the actions on the running cluster. */
  readonly place: 'input' | 'world';
}

/** One thing that the learner can do now. Controls, keyboard, words, completion and random tests are made from offers. */
export type Offer<Action extends { readonly type: string } = { readonly type: string }> = OfferBase &
  (
    | { readonly control: 'button'; readonly action: Action }
    | {
        readonly control: 'choice';
        readonly value: string;
        readonly options: readonly { readonly value: string; readonly label: string; readonly action: Action }[];
      }
    /** A typed value: the action is `action` with `field` set to the text. `examples` are valid and odd values for completion and random tests. */
    | {
        readonly control: 'text';
        readonly value: string;
        readonly bytesMax: number;
        readonly action: Action;
        readonly field: string;
        readonly examples: readonly string[];
      }
    /** A number within bounds, in `unit`: the action is `action` with `field` set to the number. */
    | {
        readonly control: 'range';
        readonly value: number;
        readonly min: number;
        readonly max: number;
        readonly step: number;
        readonly unit: string;
        readonly action: Action;
        readonly field: string;
      }
  );

/** Something that happened. `cause` is the id of an earlier entry; only the start and acts of the learner have none. */
export interface LogEntry {
  readonly id: number;
  readonly atMs: number;
  readonly by: 'start' | 'learner' | 'lab';
  readonly text: string;
  readonly cause?: number;
  /** Why the cause led to this, in a few words: "NXDOMAIN means go on". */
  readonly because?: string;
  readonly subject?: string;
  readonly tone?: Tone;
}

/** The answer to "why?": a sentence, the rules that led to it, where to read on. */
export interface Explanation {
  readonly title: string;
  readonly because: string;
  readonly steps?: readonly string[];
  /** Id of the log entry that caused the subject. */
  readonly cause?: number;
  readonly source?: string;
}

export interface Table {
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly numeric?: boolean; readonly code?: boolean }[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly subject?: string; readonly tone?: Tone }[];
  /** Said in place of the rows when there are none. */
  readonly empty?: string;
}

/** The state in words: for screen readers, print, the page without JavaScript and the terminal. */
export interface Description {
  readonly headline: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly tables: readonly Table[];
}

export interface Check {
  readonly met: boolean;
  /** What was observed, in the learner's words, met or not. */
  readonly because: string;
}

export interface Meta {
  readonly title: string;
  /** One question, as a learner would ask it. */
  readonly question: string;
  readonly summary: string;
  readonly minutes: number;
  readonly catalogue: `lab.${string}`;
  /** 'run' has a clock; 'bench' answers at once: every edit is a frame and Play is hidden. */
  readonly mode: 'run' | 'bench';
  /** Where order is the point and time is not: what `clockMs` counts, a second for each ("hop": at 3000 the reader sees "hop 3"). */
  readonly counts?: string;
  /** A run ends here though it never settles. */
  readonly horizonMs?: number;
  readonly modelled: readonly string[];
  readonly notModelled: readonly string[];
  /** The recordings of the real thing that the model is compared with, the nearest first; absent: there are none yet, and the lab says so. */
  readonly recordings?: readonly Recording[];
  /** Ids of `choice` offers along which two runs can stand side by side (glibc | musl). */
  readonly compares?: readonly string[];
  /** What the picture is made of, what the lab is about last: that one is its sign in lists. */
  readonly categories?: readonly Category[];
}

/** The machine. `State` is plain data: a JSON round trip changes nothing. No clock, chance or DOM outside the state. */
export interface Lab<PartId extends string, Input, State, Action extends { readonly type: string }, CheckId extends string = string> {
  readonly meta: Meta;
  /** The texts the learner edits, in order. */
  readonly parts: Readonly<Record<PartId, Part>>;
  readonly start: (input: Input, seed: number) => State;
  /** An edit in the middle of a run as an action at the shown frame (as `kubectl apply` would be); absent: an edit restarts. */
  readonly amend?: (state: State, input: Input) => Action;
  /** Pure. Impossible actions change nothing (the same state is returned). */
  readonly reduce: (state: State, action: Action) => State;
  /** What happens next if the learner does nothing; undefined once settled. */
  readonly next: (state: State) => Action | undefined;
  readonly clockMs: (state: State) => number;
  readonly offers: (state: State) => readonly Offer<Action>[];
  /** Checks an action from a link or a file; undefined: refused. */
  readonly readAction: (value: unknown) => Action | undefined;
  /** Entries with an id above `after`, oldest first. Ids start at 1. */
  readonly log: (state: State, after: number) => readonly LogEntry[];
  /** "Why?" for any subject of the picture, a table or the log. */
  readonly explain: (state: State, subject: string) => Explanation | undefined;
  readonly describe: (state: State) => Description;
  /** What must hold in every state; a message says what broke. */
  readonly invariants: Readonly<Record<string, (state: State) => string | undefined>>;
  readonly checks: Readonly<Record<CheckId, (state: State) => Check>>;
  /** Feedback that belongs to a state, never to a list of actions: `when` it holds, `text` is said. */
  readonly diagnoses: Readonly<Record<string, { readonly when: (state: State) => boolean; readonly text: string }>>;
  /** The same steps for a real cluster, made from the state. */
  readonly realCluster?: (state: State) => { readonly manifests: string; readonly commands: readonly string[] };
}

/**
 * The part of a machine that shows a run: everything but beginning one and the learner's acts, which need the lab's models. A lab with large models has
 * it as `replay.ts`: the page brings the first state, and the models load at the first act or edit. `reduce` knows only the actions of `next`.
 */
export type Replay<PartId extends string, State, Action extends { readonly type: string }, CheckId extends string = string> = Omit<
  Lab<PartId, never, State, Action, CheckId>,
  'start' | 'amend'
>;

/**
 * What a lab says about a run: nobody asks for it before the first frame stands. A lab in which it is large has it as `telling.ts`, and its `replay.ts`
 * (then a `Playing`) goes without; the player fetches it when the browser is idle.
 */
export type Telling<PartId extends string, State, Action extends { readonly type: string }, CheckId extends string = string> = Pick<
  Replay<PartId, State, Action, CheckId>,
  'explain' | 'describe' | 'checks' | 'diagnoses' | 'realCluster'
>;

/** A replay whose `telling.ts` stands apart. */
export type Playing<PartId extends string, State, Action extends { readonly type: string }> = Omit<
  Replay<PartId, State, Action>,
  keyof Telling<PartId, State, Action>
>;

/** Turns the texts into input. Never throws; never changes a text; bounded in bytes, nodes and steps. */
export interface Reader<PartId extends string, Input> {
  readonly read: (texts: Readonly<Record<PartId, string>>) => ReadResult<PartId, Input>;
}

/** What is wrong with an answer that a reader typed; line and column count in the answer. */
export type AnswerError = Omit<LearnerError, 'part'>;

/** What a lab says to a typed answer: whether it does what was asked, with a sentence made from the computation; or why it cannot be read. */
export type Judgement = { readonly right: boolean; readonly why: string } | { readonly errors: readonly AnswerError[] };

/** Judges answers to one kind of question by running the lab with them, so any right answer counts. `judge` never throws for an answer, and is bounded. */
export interface Judge {
  /** What is typed: the name of the field. */
  readonly label: string;
  /** Lines that the field shows. With 1 an answer is one line. */
  readonly lines: number;
  readonly bytesMax: number;
  /** `texts` and `seed` are those of a scenario. */
  readonly judge: (texts: Readonly<Record<string, string>>, answer: string, seed: number) => Judgement;
}

/** What `labs/<id>/judges.ts` exports: apart from the machine, so that who only runs the lab does not load it. The ids stand in quiz.yaml files. */
export type Judges = Readonly<Record<string, Judge>>;

/** What `labs/<id>/view.tsx` gets: a pure function of the state. What is selected belongs to the player. */
export interface ViewProps<State, Action extends { readonly type: string } = { readonly type: string }> {
  readonly state: State;
  /** The subject whose "why?" is open. */
  readonly selected: string | undefined;
  readonly select: (subject: string) => void;
  readonly act: (action: Action) => void;
}

/** Judged by the player over all frames of the branch: the past counts. */
export type Goal<CheckId extends string = string> =
  | { readonly finally: CheckId }
  | { readonly always: CheckId }
  | { readonly never: CheckId }
  | { readonly within: CheckId; readonly ms: number }
  | { readonly actionsMax: number };

/** What a learner does, as scenario files and links write it. */
export type Move =
  | { readonly act: { readonly type: string } }
  | { readonly edit: Readonly<Record<string, string>> }
  /** In scenario files only: in `part`, the first `from` becomes `to`. */
  | { readonly replace: { readonly part: string; readonly from: string; readonly to: string } }
  /** Lets the run go on: until nothing more happens, or for so long. */
  | { readonly run: 'to the end' | { readonly ms: number } | { readonly steps: number } };

export interface Prediction {
  readonly question: string;
  readonly options: readonly { readonly text: string; readonly right: boolean; readonly why: string }[];
}

/** A scenario file (`scenarios/<id>.yaml`), read and checked. */
export interface Scenario<CheckId extends string = string> {
  readonly title: string;
  /** What the learner is asked to look at or to achieve. */
  readonly task: string;
  readonly kind: 'show' | 'challenge';
  /** Its place among the scenarios of its kind, from 1 to 999; those without one come last. What is equal stands by id. */
  readonly order?: number;
  readonly texts: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly predict?: Prediction;
  /** What to notice afterwards: two sentences, and where to read on. */
  readonly after?: string;
  /** Goals, each with the sentence the learner sees. */
  readonly goals: readonly { readonly text: string; readonly goal: Goal<CheckId> }[];
  /** Ways to reach the goals; a challenge has two, ending in different objects. */
  readonly solutions: readonly { readonly title: string; readonly moves: readonly Move[] }[];
  readonly wrong: readonly { readonly title: string; readonly moves: readonly Move[]; readonly diagnosis: string }[];
  readonly hints: readonly string[];
  /** Commands for a real cluster; manifests come from the lab's `realCluster`. */
  readonly commands: readonly string[];
}

/** A lab whose own types the holder does not know: what the player and the sweeps see. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- States and inputs are opaque here; a lab only ever gets back what it gave.
export type AnyLab = Lab<string, any, any, any>;
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- As above: what `read` gives goes to the same lab's `start`.
export type AnyReader = Reader<string, any>;
