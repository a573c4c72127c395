// Reviews drafts of questions, notes and messages by rules that are data; `iiv_course/drafts` is the twin.
// The rules of one kind come as JSON, compiled from the course's files; places are counted in code points.

export type Answer = "open" | "closed" | "none";
export type Strength = "verdict" | "ask";
export type Span = [number, number];

/**
 * The number of a class; -n, a gap of n words, and with commas -12 - n; the name of a list of phrases;
 * or whether it may be left out, and alternatives.
 */
type Element = number | string | [0 | 1, ...Pattern[]];
type Pattern = Element[];

interface Form {
  answer: Answer;
  /** The criterion that a part of this form fails. */
  flaw: string;
  /** Whether it needs a question mark. */
  marked: boolean;
  found: Pattern[];
}

interface Criterion {
  criterion: string;
  strength: Strength;
  way: "found" | "missing" | "closed" | "several" | "unbounded" | "words";
  advice: string;
  most: number;
  found: Pattern[];
  spared: Pattern[];
  never: Pattern[];
}

interface Parts {
  leads: Pattern[];
  wraps: Pattern[];
  asides: Pattern[];
  depends: Pattern[];
  ties: Pattern[];
  cuts: [Pattern[], Pattern[]][];
  tags: Form[];
  forms: Form[];
}

/** Learned weights: of each bucket, as a letter around `ZERO`, of a finding of the rule, and of what is always there. */
interface Weights {
  base: number;
  rule: number;
  buckets: string;
}

interface Learned {
  buckets: number;
  /** The lists of words that are evidence. */
  lists: string[];
  weights: Record<string, Weights>;
}

export interface Rules {
  kind: string;
  letters: Record<string, string>;
  spellings: Record<string, string>;
  endings: string[];
  abbreviations: string[];
  lists: Record<string, string>;
  phrases: Record<string, Pattern[]>;
  /** Words and names of lists, or `=` and a sort of token. */
  classes: string[];
  /** How a text is cut into what it asks; null for a kind of draft that does not ask. */
  parts: Parts | null;
  criteria: Criterion[];
  /** Null for a kind of draft that does not ask. */
  learned: Learned | null;
}

export interface Finding {
  criterion: string;
  met: boolean;
  strength: Strength;
  span: Span | null;
  advice: string;
}

export const TEXT_LIMIT = 20_000;

/** The engine for the rules of a kind: it gives each criterion its finding, in the order of the rules. */
export function reviewer(rules: Rules): (kind: string, text: string) => Finding[] {
  const reader = tokenizer(rules);
  const labels = labeler(rules);
  const machine = machines(rules.phrases);
  const { parts, learned } = rules;
  const cut = parts && learned
    ? cutter(parts, labels, machine, evidence(learned, rules.lists))
    : (tokens: Token[]) => sentences(tokens, labels);
  const judges = rules.criteria.map((each) => judge(each, learned?.weights[each.criterion], machine));
  return (kind, text) => {
    if (kind !== rules.kind) throw new RangeError(`rules for ${rules.kind}, not for ${JSON.stringify(kind)}`);
    const points = Array.from(text);
    if (points.length > TEXT_LIMIT) throw new RangeError(`a draft of ${points.length} characters, at most ${TEXT_LIMIT}`);
    const found = cut(reader(points));
    return judges.map((each) => each(found, points));
  };
}

// Tokens

interface Token {
  text: string;
  start: number;
  end: number;
  sort: "word" | "number" | "soft" | "end" | "bound";
  capital: boolean;
}

const APOSTROPHES = new Set("'’‘ʼ´`");
const QUOTES = new Set("'’\"”»");
const ENDS = new Map([["?", "?"], ["？", "?"], ["!", "!"], [".", "."], ["…", "."]]);
const SOFT = new Map([[",", ","], [":", ":"], [";", ";"], ["–", "-"], ["—", "-"], ["―", "-"]]);

/** By code point, so that both engines agree whatever Unicode they know. */
function isLetter(character: string): boolean {
  const code = character.codePointAt(0)!;
  if (code < 0xc0) return /^[a-zA-Z0-9]$/.test(character);
  if (code < 0x2000) return code !== 0xd7 && code !== 0xf7 && code !== 0x2bc;
  return (code >= 0x3040 && code < 0xd800) || (code >= 0xf900 && code < 0xfe00) ||
    (code >= 0x10000 && code < 0x1f000) || code >= 0x20000;
}

const isDigit = (character: string | undefined) => character !== undefined && character >= "0" && character <= "9";
const isAccented = (character: string) => character >= "À" && character <= "Þ" && character !== "×";

function tokenizer(rules: Rules): (points: string[]) => Token[] {
  const letters = new Map(Object.entries(rules.letters));
  const spellings = new Map(Object.entries(rules.spellings).map(([word, spelled]) => [word, spelled.split(" ")]));
  const abbreviations = new Set(rules.abbreviations);

  function folded(character: string): string {
    if (character >= "A" && character <= "Z") return character.toLowerCase();
    if (character < "\u0080") return character;
    if (APOSTROPHES.has(character)) return "'";
    const low = isAccented(character) ? String.fromCharCode(character.charCodeAt(0) + 32) : character;
    if (low.length === 1 && low >= "\u0300" && low <= "\u036f") return "";
    return letters.get(low) ?? low;
  }

  function words(points: string[], start: number, end: number): Token[] {
    const first = points[start]!;
    const word = points.slice(start, end).map(folded).join("");
    const capital = (first >= "A" && first <= "Z") || (first.length === 1 && isAccented(first));
    const sort = isDigit(word[0]) ? "number" : "word";
    let spelled = spellings.get(word);
    if (!spelled) {
      const ending = rules.endings.find((each) => word.endsWith(each) && word.length > each.length);
      const stem = word.slice(0, word.length - (ending?.length ?? 0));
      spelled = ending ? [...(spellings.get(stem) ?? [stem]), ending] : [word];
    }
    return spelled.map((text) => ({ text, start, end, sort, capital }));
  }

  return (points) => {
    const found: Token[] = [];
    const mark = (text: string, at: number, sort: Token["sort"]) =>
      found.push({ text, start: at, end: at + 1, sort, capital: false });
    let at = 0;
    while (at < points.length) {
      const character = points[at]!;
      if (isLetter(character)) {
        const end = wordEnd(points, at);
        found.push(...words(points, at, end));
        at = end;
        continue;
      }
      const last = found[found.length - 1];
      if (ENDS.has(character)) {
        const shortens = character === "." && last?.end === at && abbreviations.has(last.text);
        if (!shortens && !quoted(points, at)) mark(ENDS.get(character)!, at, "end");
      } else if (SOFT.has(character)) {
        mark(SOFT.get(character)!, at, "soft");
      } else if (character === "-" && !joins(points, at)) {
        mark("-", at, "soft");
      } else if (character === "\n") {
        let after = at + 1;
        while (after < points.length && " \t\r".includes(points[after]!)) after += 1;
        if (points[after] === "\n") {
          mark(".", at, "end");
          at = after;
        }
      }
      at += 1;
    }
    return found;
  };
}

/** Whether the mark at a place ends what others said, and the sentence goes on: “‘Why?’ they said”. */
function quoted(points: string[], at: number): boolean {
  const [quote = "", space, letter = ""] = points.slice(at + 1, at + 4);
  return QUOTES.has(quote) && space === " " && letter >= "a" && letter <= "z";
}

function joins(points: string[], at: number): boolean {
  return at > 0 && at < points.length - 1 && isLetter(points[at - 1]!) && isLetter(points[at + 1]!);
}

/** Where a word ends: an apostrophe, a point, or a comma between digits goes on with it. */
function wordEnd(points: string[], from: number): number {
  let at = from;
  for (; at < points.length; at += 1) {
    const character = points[at]!;
    if (isLetter(character)) continue;
    const within = (APOSTROPHES.has(character) || character === ".") && joins(points, at);
    const digits = character === "," && isDigit(points[at - 1]) && isDigit(points[at + 1]);
    if (!within && !digits) break;
  }
  return at;
}

// Matching

/** The classes that a token belongs to. */
type Labels = Set<number>;

const REMEMBERED_MOST = 50_000;

/** Finds the classes of tokens, each different one once. */
function labeler({ classes, lists }: Rules): (token: Token) => Labels {
  const byWord = new Map<string, number[]>();
  const add = (word: string, number: number) => {
    const numbers = byWord.get(word);
    if (numbers) numbers.push(number);
    else byWord.set(word, [number]);
  };
  classes.forEach((written, index) => {
    for (const atom of written.split(" ")) {
      for (const word of atom.startsWith("<") ? lists[atom.slice(1, -1)]!.split(" ") : [atom]) add(word, index);
    }
  });
  const known = new Map<string, Labels>();

  function labelsOf({ sort, text, capital }: Token): Labels {
    const sorts = [`=${sort}`];
    if (sort === "word" || sort === "number") sorts.push("=any");
    if (capital) sorts.push("=capital");
    return new Set([text, ...sorts].flatMap((each) => byWord.get(each) ?? []));
  }

  return (token) => {
    const key = `${token.sort} ${token.capital} ${token.text}`;
    let found = known.get(key);
    if (!found) {
      // Memory has an end: after that many different words it begins anew.
      if (known.size > REMEMBERED_MOST) known.clear();
      known.set(key, (found = labelsOf(token)));
    }
    return found;
  };
}

interface Machine {
  /** Where the longest match that begins at a place ends, or null. */
  longest: (sequence: Labels[], at: number) => number | null;
  /** The longest match at each place where one begins. */
  search: (sequence: Labels[]) => Generator<Span>;
}

interface Place {
  states: number[];
  ends: boolean;
  /** Where labels lead from here, as far as it is known. */
  steps: Map<Labels, Place>;
}

type Edge = [label: number, target: number];
type Machines = (patterns: Pattern[]) => Machine;

const START = 0;
const END = 1;
/** The label of a free step. */
const FREE = -1;
const FARTHEST_GAP = 12;
/** The classes that gaps are made of: words, and with commas. */
const OF_WORDS = [0];
const WITH_COMMAS = [0, 1];

/** States with edges by class and free steps; patterns that begin alike share their first states. */
function graph(patterns: Pattern[], phrases: Record<string, Pattern[]>): Edge[][] {
  const edges: Edge[][] = [[], []];
  const state = () => edges.push([]) - 1;

  /** The state after an element that begins at a state. */
  function element(at: number, each: Element): number {
    if (typeof each === "number" && each < 0) return gap(at, -each);
    const after = state();
    if (typeof each === "number") edges[at]!.push([each, after]);
    else if (typeof each === "string") choices(at, after, phrases[each]!);
    else {
      const [optional, ...patterns] = each;
      if (optional) edges[at]!.push([FREE, after]);
      choices(at, after, patterns);
    }
    return after;
  }

  function choices(at: number, after: number, patterns: Pattern[]): void {
    for (const pattern of patterns) edges[pattern.reduce(element, at)]!.push([FREE, after]);
  }

  function gap(at: number, size: number): number {
    const labels = size > FARTHEST_GAP ? WITH_COMMAS : OF_WORDS;
    const states = [at, ...Array.from({ length: size > FARTHEST_GAP ? size - FARTHEST_GAP : size }, state)];
    const last = states[states.length - 1]!;
    states.slice(1).forEach((there, index) => {
      edges[states[index]!]!.push([FREE, last], ...labels.map((label): Edge => [label, there]));
    });
    return last;
  }

  const shared = new Map<string, number>();
  for (const pattern of patterns) {
    let at = START;
    for (const each of pattern) {
      const key = `${at} ${JSON.stringify(each)}`;
      const known = shared.get(key) ?? element(at, each);
      shared.set(key, known);
      at = known;
    }
    edges[at]!.push([FREE, END]);
  }
  return edges;
}

const machines = (phrases: Record<string, Pattern[]>): Machines => (patterns) => machine(graph(patterns, phrases));

/** Patterns, ready to run; where it has been with which labels it remembers, as texts repeat themselves. */
function machine(edges: Edge[][]): Machine {
  let places = new Map<string, Place>();
  let begin: Place | undefined;
  let remembered = 0;

  /** The states and all that free steps lead to. */
  function place(reached: number[]): Place {
    const states = new Set<number>();
    for (let state = reached.pop(); state !== undefined; state = reached.pop()) {
      if (states.has(state)) continue;
      states.add(state);
      for (const [label, target] of edges[state]!) if (label === FREE) reached.push(target);
    }
    const key = [...states].sort((one, other) => one - other).join(" ");
    let known = places.get(key);
    if (!known) places.set(key, (known = { states: [...states], ends: states.has(END), steps: new Map() }));
    return known;
  }

  function step(here: Place, labels: Labels): Place {
    const reached: number[] = [];
    for (const state of here.states) {
      for (const [label, target] of edges[state]!) if (labels.has(label)) reached.push(target);
    }
    const there = place(reached);
    here.steps.set(labels, there);
    remembered += 1;
    return there;
  }

  function longest(sequence: Labels[], from: number): number | null {
    if (remembered > REMEMBERED_MOST) {
      places = new Map();
      begin = undefined;
      remembered = 0;
    }
    let here = (begin ??= place([START]));
    let end: number | null = null;
    for (let at = from; at < sequence.length; at += 1) {
      const labels = sequence[at]!;
      here = here.steps.get(labels) ?? step(here, labels);
      if (!here.states.length) break;
      if (here.ends) end = at + 1;
    }
    return end;
  }

  return {
    longest,
    *search(sequence) {
      for (let at = 0; at < sequence.length; at += 1) {
        const end = longest(sequence, at);
        if (end !== null) yield [at, end];
      }
    },
  };
}

// Evidence

type Buckets = Set<number>;

/** How many words further on the other word of a pair may stand. */
const NEAR = 3;
const ZERO = "m".charCodeAt(0);
const NO_BUCKETS: Buckets = new Set();

/** Finds the buckets of a part: its words, the lists they are on, and pairs of these, each by its hash. */
function evidence({ buckets: size, lists }: Learned, words: Record<string, string>): (tokens: Token[], answer: Answer) => Buckets {
  const onLists = new Map<string, number[]>();
  for (const name of lists) {
    for (const word of words[name]!.split(" ")) onLists.set(word, [...(onLists.get(word) ?? []), hash(`<${name}>`)]);
  }
  /** A word and the lists that it is on. */
  const piecesOf = (word: string) => [hash(word), ...(onLists.get(word) ?? [])];

  return (tokens, answer) => {
    // One number is as good as another.
    const pieces = tokens.map(({ text, sort }) => piecesOf(sort === "number" ? "#" : text));
    const found: Buckets = new Set([bucket(hash(`=${answer}`), size)]);
    pieces.forEach((here, at) => {
      for (const one of here) {
        found.add(bucket(one, size));
        for (let near = 1; near <= NEAR; near += 1) {
          const start = (Math.imul(one, 0x9e3779b1) + (near > 1 ? 1 : 0)) >>> 0;
          for (const other of pieces[at + near] ?? []) found.add(bucket((start ^ other) >>> 0, size));
        }
      }
    });
    return found;
  };
}

/** Fowler, Noll and Vo's hash (FNV-1a) of the code points. */
function hash(text: string): number {
  let value = 2166136261;
  for (const character of text) value = Math.imul(value ^ character.codePointAt(0)!, 16777619);
  return value >>> 0;
}

/** A bucket by the mixed bits of a hash, as neighbors in a hash are not to be neighbors in the table. */
function bucket(hashed: number, size: number): number {
  let value = Math.imul(hashed ^ (hashed >>> 16), 0x85ebca6b) >>> 0;
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35) >>> 0;
  return ((value ^ (value >>> 16)) >>> 0) % size;
}

function sum({ base, rule, buckets }: Weights, found: Buckets, ruled: boolean): number {
  let total = base + (ruled ? rule : 0);
  for (const each of found) total += buckets.charCodeAt(each) - ZERO;
  return total;
}

// Parts

interface Part {
  /** With an edge at both ends, and before a question that something leads to or wraps. */
  tokens: Token[];
  labels: Labels[];
  answer: Answer;
  flaw: string;
  depends: boolean;
  buckets: Buckets;
}

interface Stretch {
  begin: number;
  end: number;
  tag: Form | undefined;
}

const EDGE: Token = { text: "^", start: 0, end: 0, sort: "bound", capital: false };

/** Whole sentences, of which it is not asked what they ask. */
function sentences(tokens: Token[], labelsOf: (token: Token) => Labels): Part[] {
  return sentencesOf(tokens).map(({ sentence }) => {
    const own = [EDGE, ...sentence, EDGE];
    return { tokens: own, labels: own.map(labelsOf), answer: "none", flaw: "", depends: false, buckets: NO_BUCKETS };
  });
}

function cutter(
  rules: Parts,
  labelsOf: (token: Token) => Labels,
  machine: Machines,
  bucketsOf: (tokens: Token[], answer: Answer) => Buckets,
): (tokens: Token[]) => Part[] {
  const [leads, wraps, asides, dependsOn, ties] = [
    rules.leads, rules.wraps, rules.asides, rules.depends, rules.ties,
  ].map(machine) as [Machine, Machine, Machine, Machine, Machine];
  const cuts = rules.cuts.map(([joints, heads]) => ({ joints: machine(joints), heads: machine(heads) }));
  const ready = (form: Form) => ({ form, found: machine(form.found) });
  const tags = rules.tags.map(ready);
  const forms = rules.forms.map(ready);
  const bound = labelsOf(EDGE);

  function withoutAsides(sentence: Token[]): Token[] {
    const labels = [...sentence.map(labelsOf), bound];
    const kept: Token[] = [];
    for (let at = 0; at < sentence.length; ) {
      const end = asides.longest(labels, at);
      if (end === null) kept.push(sentence[at]!);
      at = end ?? at + 1;
    }
    return kept;
  }

  function headAfterJoint(labels: Labels[], at: number): number | null {
    for (const { joints, heads } of cuts) {
      const head = joints.longest(labels, at);
      if (head !== null && heads.longest(labels, head) !== null) return head;
    }
    return null;
  }

  /** A tag that begins at a place, if the sentence ends after it or another question begins. */
  function tagAt(labels: Labels[], at: number, asked: boolean): { end: number; tag: Form } | null {
    for (const { form, found } of tags) {
      const end = found.longest(labels, at);
      if (end === null) continue;
      const closes = end === labels.length - 1;
      if (closes ? asked || !form.marked : headAfterJoint(labels, end) !== null) return { end, tag: form };
    }
    return null;
  }

  /** What lies between the joints of a sentence, whose last label is a bound. */
  function stretches(labels: Labels[], asked: boolean): Stretch[] {
    const found: Stretch[] = [];
    const last = labels.length - 1;
    let begin = 0;
    for (let at = 1; at < last; ) {
      const tagged = tagAt(labels, at, asked);
      const head = tagged ? null : headAfterJoint(labels, at);
      if (tagged) {
        found.push({ begin, ...tagged });
        begin = headAfterJoint(labels, tagged.end) ?? tagged.end;
        at = begin + 1;
      } else if (head !== null) {
        found.push({ begin, end: at, tag: undefined });
        begin = head;
        at = head + 1;
      } else {
        at += 1;
      }
    }
    return begin < last ? [...found, { begin, end: last, tag: undefined }] : found;
  }

  function afterLeads(labels: Labels[], from: number): number {
    let at = from;
    for (let end = leads.longest(labels, at); end !== null; end = leads.longest(labels, at)) at = end;
    return at;
  }

  function ofSentence(sentence: Token[], asked: boolean): Part[] {
    const labels = [...sentence.map(labelsOf), bound];
    const found: Part[] = [];
    let lead: number | null = null;
    let before: number | null = null;
    for (const { begin, end, tag } of stretches(labels, asked)) {
      const after = tag ? begin : afterLeads(labels.slice(0, end), begin);
      const last = end === sentence.length;
      lead ??= begin;
      const own = [bound, ...labels.slice(after, end), bound];
      const whole = [bound, ...labels.slice(lead, end), bound];
      const form = tag ?? formOf(own, asked && last);
      if (!last && (form?.answer ?? "none") === "none") continue;
      const depends =
        [own, whole].some((each) => dependsOn.longest(each, 0) !== null) ||
        (before !== null && ties.longest([bound, ...labels.slice(before, end), bound], 0) !== null);
      found.push(part(sentence.slice(lead, after), sentence.slice(after, end), form, depends));
      lead = null;
      before = after;
    }
    return found;
  }

  function formOf(labels: Labels[], asked: boolean): Form | undefined {
    return forms.find(({ form, found }) => (asked || !form.marked) && !found.search(labels).next().done)?.form;
  }

  function part(lead: Token[], asking: Token[], form: Form | undefined, depends: boolean): Part {
    const wrapped = (wraps.longest(asking.map(labelsOf), 0) ?? 1) - 1;
    const stretches = [lead, asking.slice(0, wrapped), asking.slice(wrapped)].filter(({ length }) => length);
    const tokens = [...stretches.flatMap((each) => [EDGE, ...each]), EDGE];
    const answer = form?.answer ?? "none";
    const buckets = bucketsOf(tokens, answer);
    return { tokens, labels: tokens.map(labelsOf), answer, flaw: form?.flaw ?? "", depends, buckets };
  }

  return (tokens) => sentencesOf(tokens).flatMap(({ sentence, asked }) => ofSentence(withoutAsides(sentence), asked));
}

/** The sentences without their marks, and whether a question mark ends them. */
function sentencesOf(tokens: Token[]): { sentence: Token[]; asked: boolean }[] {
  const found: { sentence: Token[]; asked: boolean }[] = [];
  let sentence: Token[] = [];
  let ended = false;
  let asked = false;
  for (const token of tokens) {
    if (token.sort === "end") {
      ended = true;
      asked ||= token.text === "?";
      continue;
    }
    if (ended && sentence.length) {
      found.push({ sentence, asked });
      sentence = [];
    }
    if (ended) ended = asked = false;
    sentence.push(token);
  }
  return sentence.length ? [...found, { sentence, asked }] : found;
}

// Findings

function judge(
  rule: Criterion,
  weights: Weights | undefined,
  machine: Machines,
): (parts: Part[], points: string[]) => Finding {
  const [found, spared, never] = [rule.found, rule.spared, rule.never].map(machine) as [Machine, Machine, Machine];

  /** What decides: the flaw that is found, or, where it must not be missing, what is there. */
  function spanOf(parts: Part[], points: string[]): Span | null {
    const asking = parts.filter(({ answer }) => answer !== "none");
    switch (rule.way) {
      case "words":
        return beyond(points, rule.most);
      case "closed":
        return asking.length && asking.every(({ answer }) => answer === "closed") ? whole(asking[0]!) : null;
      case "several":
        return second(asking) ?? first(parts);
      case "unbounded": {
        // What is open, or, if nothing is asked by its form, the last part.
        const spans = (asking.length ? asking.filter(({ answer }) => answer === "open") : parts.slice(-1)).map(placeIn);
        return spans.every((span) => span !== null) ? (spans[0] ?? null) : null;
      }
      case "found":
      case "missing":
        return first(parts);
    }
  }

  function first(parts: Part[]): Span | null {
    for (const part of parts) {
      const span = placeIn(part);
      if (span) return span;
    }
    return null;
  }

  /** Where a part fails the criterion: by its rule, or, where weights were learned, by all evidence together. */
  function placeIn(part: Part): Span | null {
    const place = ruled(part);
    if (!weights) return place;
    return sum(weights, part.buckets, place !== null) > 0 ? (place ?? whole(part)) : null;
  }

  /** The first place that is found and meets none that is spared, or all of a part whose form is the flaw. */
  function ruled(part: Part): Span | null {
    if (!never.search(part.labels).next().done) return null;
    if (part.flaw === rule.criterion) return whole(part);
    const covered = part.labels.map(() => false);
    for (const [begin, end] of spared.search(part.labels)) covered.fill(true, begin, end);
    for (const [begin, end] of found.search(part.labels)) {
      if (!covered.slice(begin, end).includes(true)) return spanAt(part.tokens, begin, end);
    }
    return null;
  }

  return (parts, points) => {
    const span = spanOf(parts, points);
    const met = (span === null) !== (rule.way === "missing");
    return { criterion: rule.criterion, met, strength: rule.strength, span, advice: rule.advice };
  };
}

/** The second part that needs an answer of its own. */
function second(asking: Part[]): Span | null {
  const own = asking.filter(({ depends }, index) => index === 0 || !depends);
  return own[1] ? whole(own[1]) : null;
}

const whole = ({ tokens }: Part): Span => spanAt(tokens, 0, tokens.length);

/** Where tokens stand in the text; edges are no tokens of it. */
function spanAt(tokens: Token[], begin: number, end: number): Span {
  const within = tokens.slice(begin, end).filter((token) => token !== EDGE);
  return [within[0]!.start, within[within.length - 1]!.end];
}

/** What stands after as many words as may be; a word has a letter or digit, and a line of the subject has none. */
function beyond(points: string[], most: number): Span | null {
  let words = 0;
  for (let at = 0; at < points.length; ) {
    const next = points.indexOf("\n", at);
    const line = next < 0 ? points.length : next;
    if (!isSubject(points, at, line)) {
      for (const [begin, end] of runs(points, at, line)) {
        if (!points.slice(begin, end).some(isLetter)) continue;
        words += 1;
        if (words > most) return [begin, points.length];
      }
    }
    at = line + 1;
  }
  return null;
}

function isSubject(points: string[], from: number, end: number): boolean {
  let at = from;
  while (at < end && (points[at] === " " || points[at] === "\t")) at += 1;
  return /^subject:$/.test(points.slice(at, Math.min(at + 8, end)).join("").replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
}

function runs(points: string[], from: number, end: number): Span[] {
  const found: Span[] = [];
  let begin = from;
  for (let place = from; place <= end; place += 1) {
    if (place === end || " \t\r\u00a0\u2003\u2009\u202f".includes(points[place]!)) {
      if (place > begin) found.push([begin, place]);
      begin = place + 1;
    }
  }
  return found;
}
