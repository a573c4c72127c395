// Reviews drafts of questions, notes and messages by rules that are data; `iiv_course/drafts` is the twin.
// The rules come as JSON, compiled from the course's files; places are counted in code points.

export type Answer = "open" | "closed" | "none";
export type Strength = "verdict" | "ask";
export type Span = [number, number];

export interface Automaton {
  edges: [number, number[]][][];
  final: number[];
}

interface Criterion {
  criterion: string;
  strength: Strength;
  way: "found" | "missing" | "closed" | "several" | "unbounded" | "words";
  advice: string;
  found: Automaton;
  spared: Automaton;
  most: number;
}

export interface Rules {
  letters: Record<string, string>;
  spellings: Record<string, string[]>;
  endings: string[];
  abbreviations: string[];
  classes: { words: string[]; beginnings: string[]; sort: string }[];
  parts: {
    leads: Automaton;
    asides: Automaton;
    cuts: { joints: Automaton; heads: Automaton }[];
    depends: Automaton;
    tags: Automaton;
    marked_tags: Automaton;
    forms: { answer: Answer; leading: boolean; marked: boolean; automaton: Automaton }[];
  };
  asking: string[];
  kinds: Record<string, Criterion[]>;
}

export interface Finding {
  criterion: string;
  met: boolean;
  strength: Strength;
  span: Span | null;
  advice: string;
}

export const TEXT_LIMIT = 20_000;

/** The engine for one set of rules: it gives each criterion of a kind its finding, in the order of the rules. */
export function reviewer(rules: Rules): (kind: string, text: string) => Finding[] {
  const reader = tokenizer(rules);
  const labels = labeler(rules);
  const cutter = cut(rules.parts, labels);
  const kinds = new Map(Object.entries(rules.kinds).map(([kind, criteria]) => [
    kind, criteria.map((each) => ({ each, found: machine(each.found), spared: machine(each.spared) })),
  ]));
  return (kind, text) => {
    const criteria = kinds.get(kind);
    if (!criteria) throw new RangeError(`no kind of draft ${JSON.stringify(kind)}`);
    const points = Array.from(text);
    if (points.length > TEXT_LIMIT) throw new RangeError(`a draft of ${points.length} characters, at most ${TEXT_LIMIT}`);
    const tokens = reader(points);
    const parts = rules.asking.includes(kind) ? cutter.parts(tokens) : cutter.sentences(tokens);
    return criteria.map(({ each, found, spared }) => finding(each, found, spared, parts, points));
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
  const spellings = new Map(Object.entries(rules.spellings));
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
        if (!(character === "." && last?.end === at && abbreviations.has(last.text))) mark(ENDS.get(character)!, at, "end");
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

type Labels = number[];

interface Labeler {
  labels: (token: Token) => Labels;
  bound: Labels;
}

function labeler(rules: Rules): Labeler {
  const byWord = new Map<string, number[]>();
  rules.classes.forEach(({ words }, number) => {
    for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), number]);
  });
  const others = rules.classes.map((each, number) => ({ ...each, number }))
    .filter(({ beginnings, sort }) => sort || beginnings.length);
  const known = new Map<string, Labels>();

  function labelsOf({ sort, text, capital }: Pick<Token, "sort" | "text" | "capital">): Labels {
    const sorts: string[] = [sort];
    if (sort === "word" || sort === "number") sorts.push("any");
    if (capital) sorts.push("capital");
    const more = others.filter((each) => sorts.includes(each.sort) || each.beginnings.some((begins) => text.startsWith(begins)));
    return [...new Set([...(byWord.get(text) ?? []), ...more.map(({ number }) => number)])];
  }

  return {
    labels: (token) => {
      const key = `${token.sort} ${token.capital} ${token.text}`;
      let found = known.get(key);
      if (!found) {
        // Memory has an end: after that many different words it begins anew.
        if (known.size > REMEMBERED_MOST) known.clear();
        known.set(key, (found = labelsOf(token)));
      }
      return found;
    },
    bound: labelsOf({ sort: "bound", text: "^", capital: false }),
  };
}

interface Machine {
  /** Where the longest match that begins at a place ends, or null. */
  longest: (sequence: Labels[], at: number) => number | null;
  /** The longest match at each place where one begins. */
  search: (sequence: Labels[]) => Generator<Span>;
}

const REMEMBERED_MOST = 50_000;

interface Place {
  states: number[];
  ends: boolean;
  /** Where labels lead from here, as far as it is known. */
  steps: Map<Labels, Place>;
}

/** An automaton, ready to run; where it has been with which labels it remembers, as texts repeat themselves. */
function machine(automaton: Automaton): Machine {
  const edges = automaton.edges.map((each) => new Map(each));
  const final = new Set(automaton.final);
  let places = new Map<string, Place>();
  let remembered = 0;

  function place(states: number[]): Place {
    const key = states.join(" ");
    let known = places.get(key);
    if (!known) places.set(key, (known = { states, ends: states.some((state) => final.has(state)), steps: new Map() }));
    return known;
  }

  function step(here: Place, labels: Labels): Place {
    const reached = new Set<number>();
    for (const state of here.states) {
      for (const label of labels) for (const target of edges[state]!.get(label) ?? []) reached.add(target);
    }
    const there = place([...reached].sort((one, other) => one - other));
    here.steps.set(labels, there);
    remembered += 1;
    return there;
  }

  function longest(sequence: Labels[], from: number): number | null {
    if (remembered > REMEMBERED_MOST) {
      places = new Map();
      remembered = 0;
    }
    let here = place([0]);
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

// Parts

interface Part {
  tokens: Token[];
  /** With a bound at both ends. */
  labels: Labels[];
  answer: Answer;
  leading: boolean;
  depends: boolean;
}

function cut(rules: Rules["parts"], { labels: labelsOf, bound }: Labeler) {
  const leads = machine(rules.leads);
  const asides = machine(rules.asides);
  const cuts = rules.cuts.map(({ joints, heads }) => ({ joints: machine(joints), heads: machine(heads) }));
  const dependsOn = machine(rules.depends);
  const tags = machine(rules.tags);
  const markedTags = machine(rules.marked_tags);
  const forms = rules.forms.map((form) => ({ ...form, machine: machine(form.automaton) }));

  function withoutAsides(sentence: Token[]): Token[] {
    const labels = sentence.map(labelsOf);
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

  function stretches(labels: Labels[]): Span[] {
    const found: Span[] = [];
    const last = labels.length - 1;
    let begin = 0;
    for (let at = 1; at < last; ) {
      const head = headAfterJoint(labels, at);
      if (head === null) {
        at += 1;
      } else {
        found.push([begin, at]);
        begin = head;
        at = head + 1;
      }
    }
    return [...found, [begin, last]];
  }

  function afterLeads(labels: Labels[], from: number): number {
    let at = from;
    for (let end = leads.longest(labels, at); end !== null; end = leads.longest(labels, at)) at = end;
    return at;
  }

  function formed(tokens: Token[], labels: Labels[], asked: boolean): Part {
    const depends = dependsOn.longest(labels, 0) !== null;
    const form = forms.find((each) => (asked || !each.marked) && !each.machine.search(labels).next().done);
    return { tokens, labels, answer: form?.answer ?? "none", leading: form?.leading ?? false, depends };
  }

  function ofSentence(sentence: Token[], asked: boolean): Part[] {
    if (!sentence.length) return [];
    const labels = [...sentence.map(labelsOf), bound];
    const asking = asked ? [tags, markedTags] : [tags];
    const tagged = asking.some((each) =>
      sentence.some((_, at) => at > 0 && each.longest(labels, at) === labels.length));
    if (tagged) {
      return [{ tokens: sentence, labels: [bound, ...labels], answer: "closed", leading: true, depends: false }];
    }
    return stretches(labels).flatMap(([begin, end]) => {
      const after = afterLeads(labels.slice(0, end), begin);
      if (after >= end) return [];
      const own = [bound, ...labels.slice(after, end), bound];
      return [formed(sentence.slice(after, end), own, asked && end === sentence.length)];
    });
  }

  return {
    parts: (tokens: Token[]): Part[] =>
      sentencesOf(tokens).flatMap(({ sentence, asked }) => ofSentence(withoutAsides(sentence), asked)),
    sentences: (tokens: Token[]): Part[] => sentencesOf(tokens).map(({ sentence }) => ({
      tokens: sentence, labels: [bound, ...sentence.map(labelsOf), bound], answer: "none", leading: false, depends: false,
    })),
  };
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

function finding(rule: Criterion, found: Machine, spared: Machine, parts: Part[], points: string[]): Finding {
  const span = spanOf(rule, found, spared, parts, points);
  const met = rule.way === "missing" ? span !== null : span === null;
  return { criterion: rule.criterion, met, strength: rule.strength, span, advice: rule.advice };
}

function spanOf(rule: Criterion, found: Machine, spared: Machine, parts: Part[], points: string[]): Span | null {
  const asking = parts.filter(({ answer }) => answer !== "none");
  switch (rule.way) {
    case "words":
      return beyond(points, rule.most);
    case "missing":
      return first(found, spared, parts);
    case "found": {
      const shown = rule.criterion === "leading" ? parts.find(({ leading }) => leading) : undefined;
      return first(found, spared, parts) ?? (shown ? whole(shown) : null);
    }
    case "closed":
      return asking.length && asking.every(({ answer }) => answer === "closed") ? whole(asking[0]!) : null;
    case "several": {
      const second = asking.filter(({ depends }, index) => index === 0 || !depends)[1];
      return second ? whole(second) : first(found, spared, parts);
    }
    case "unbounded": {
      const spans = asking.filter(({ answer }) => answer === "open").map((part) => unbounded(found, spared, part));
      return spans.every((span) => span !== null) ? (spans[0] ?? null) : null;
    }
  }
}

const whole = ({ tokens }: Part): Span => [tokens[0]!.start, tokens[tokens.length - 1]!.end];

/** The first place that is found and does not meet one that is spared. */
function first(found: Machine, spared: Machine, parts: Part[]): Span | null {
  for (const part of parts) {
    const span = firstOf(found, spared, part);
    if (span) return span;
  }
  return null;
}

function firstOf(found: Machine, spared: Machine, { tokens, labels }: Part): Span | null {
  const covered = labels.map(() => false);
  for (const [begin, end] of spared.search(labels)) covered.fill(true, begin, end);
  for (const [begin, end] of found.search(labels)) {
    if (covered.slice(begin, end).includes(true)) continue;
    return spanAt(tokens, begin, end);
  }
  return null;
}

/** Where labels stand in the text; the bounds at the ends are no tokens. */
function spanAt(tokens: Token[], begin: number, end: number): Span {
  const within = tokens.slice(Math.max(begin - 1, 0), end - 1);
  return [within[0]!.start, within[within.length - 1]!.end];
}

/** What is unbounded in a part, if nothing in it is a bound. */
function unbounded(found: Machine, spared: Machine, { tokens, labels }: Part): Span | null {
  if (!spared.search(labels).next().done) return null;
  const place = found.search(labels).next();
  return place.done ? null : spanAt(tokens, ...place.value);
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
