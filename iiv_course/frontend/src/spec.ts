// Generated from spec.schema.json by build.mjs; change iiv_course/page/spec.py instead.

export type Spec = QuizSpec | ResultSpec;

export interface QuizSpec {
  kind: "quiz";
  items: (ChoiceSpec | MultipleSpec | NumericSpec | TextSpec | OrderSpec | MatchSpec | ScaleSpec | ReflectionSpec)[];
}
export interface ChoiceSpec {
  key: string;
  rev: string;
  title: string;
  objective: string;
  context?: string | null;
  prompt: string;
  sources?: Source[];
  notes: {
    [k: string]: string;
  };
  hints?: string[];
  explanation: string;
  tries: number;
  type: "choice";
  options: Part[];
  answer: string;
}
/**
 * Where a claim comes from: a short label, the strength of the evidence, and a place to read on.
 */
export interface Source {
  label: string;
  strength?: string | null;
  href?: string | null;
}
/**
 * An option, entry, category or level, with its text as HTML.
 */
export interface Part {
  id: string;
  html: string;
}
export interface MultipleSpec {
  key: string;
  rev: string;
  title: string;
  objective: string;
  context?: string | null;
  prompt: string;
  sources?: Source[];
  notes: {
    [k: string]: string;
  };
  hints?: string[];
  explanation: string;
  tries: number;
  type: "multiple";
  options: Part[];
  answer: string[];
}
export interface NumericSpec {
  key: string;
  rev: string;
  title: string;
  objective: string;
  context?: string | null;
  prompt: string;
  sources?: Source[];
  notes: {
    [k: string]: string;
  };
  hints?: string[];
  explanation: string;
  tries: number;
  type: "numeric";
  answer: string;
  tolerance: string;
  unit?: string | null;
  mistakes?: NumericMistakeSpec[];
}
export interface NumericMistakeSpec {
  value: string;
  tolerance: string;
}
export interface TextSpec {
  key: string;
  rev: string;
  title: string;
  objective: string;
  context?: string | null;
  prompt: string;
  sources?: Source[];
  notes: {
    [k: string]: string;
  };
  hints?: string[];
  explanation: string;
  tries: number;
  type: "text";
  accepted: string[];
  near: number;
  mistakes?: TextMistakeSpec[];
}
export interface TextMistakeSpec {
  accepted: string[];
}
/**
 * `entries` stand in their start order, which comes from the ids alone and is never the key.
 */
export interface OrderSpec {
  key: string;
  rev: string;
  title: string;
  objective: string;
  context?: string | null;
  prompt: string;
  sources?: Source[];
  notes: {
    [k: string]: string;
  };
  hints?: string[];
  explanation: string;
  tries: number;
  type: "order";
  entries: Part[];
  answer: string[];
}
export interface MatchSpec {
  key: string;
  rev: string;
  title: string;
  objective: string;
  context?: string | null;
  prompt: string;
  sources?: Source[];
  notes: {
    [k: string]: string;
  };
  hints?: string[];
  explanation: string;
  tries: number;
  type: "match";
  entries: Part[];
  categories: Part[];
  answer: {
    [k: string]: string;
  };
}
export interface ScaleSpec {
  key: string;
  rev: string;
  title: string;
  objective: string;
  context?: string | null;
  prompt: string;
  sources?: Source[];
  notes: {
    [k: string]: string;
  };
  type: "scale";
  levels: Part[];
}
export interface ReflectionSpec {
  key: string;
  rev: string;
  title: string;
  objective: string;
  context?: string | null;
  prompt: string;
  sources?: Source[];
  notes: {
    [k: string]: string;
  };
  type: "reflection";
}
export interface ResultSpec {
  kind: "result";
  title: string;
  objectives: ResultObjective[];
}
export interface ResultObjective {
  id: string;
  html: string;
  items: ResultItem[];
}
export interface ResultItem {
  key: string;
  rev: string;
  title: string;
  tries: number;
  href?: string | null;
}
