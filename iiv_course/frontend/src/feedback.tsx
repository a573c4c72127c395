// Feedback on a text while it is written: what to look at, where it stands, and how to mend it. The last word is the writer's.
import { useEffect, useState } from "preact/hooks";
import { ownKeys } from "./answers";
import { many } from "./counts";
import { type Finding, type Rules, TEXT_LIMIT, reviewer } from "./drafts";
import type { DraftKind, Host } from "./host";
import { afterPress } from "./press";

/** What each criterion is called: a flaw of a question, or what is there in a letter and what if it is not. */
const TITLES: Record<string, string | [met: string, unmet: string]> = {
  closed: "One word would answer it",
  job_ask: "It asks for a job, or for a favor toward one",
  double: "Two questions in one",
  intrusive: "It asks about something private",
  searchable: "Ask yourself: could you look this up before the call?",
  leading: "Ask yourself: does the question already say what you think?",
  broad: "Ask yourself: is there an end to the answer?",
  thanks: ["thanks", "No thanks found"],
  takeaway: ["something that you took from the talk", "Nothing found that you took from the talk"],
  next_step: ["a step: done, planned, or promised", "No step found: done, planned, or promised"],
  named: ["the person's name", "No name found"],
  no_request: ["nothing asked for in return", "It seems to ask for something"],
  short: ["short enough to be read", "It is long"],
  reason_for_you: ["a reason why you ask this person", "No reason found why you ask this person"],
  clear_ask: ["a clear ask: how long, and about what", "No clear ask found: how long, and about what"],
  no_job_ask: ["no ask for a job", "It seems to ask for a job"],
  easy_no: ["a way to say no", "No way found to say no"],
  no_attachment: ["nothing attached", "Something is attached"],
};

function titleOf({ criterion, met }: Finding): string {
  const title = TITLES[criterion] ?? criterion;
  return typeof title === "string" ? title : title[met ? 0 : 1];
}

/** Milliseconds without a key until the text is looked at. */
const PAUSE = 900;

type Review = (kind: string, text: string) => Finding[];
const reviewers = new WeakMap<Rules, Review>();

function reviewerOf(rules: Rules): Review {
  const known = reviewers.get(rules) ?? reviewer(rules);
  reviewers.set(rules, known);
  return known;
}

interface Reviewed {
  text: string;
  findings: readonly Finding[];
}

/** What the rules say of the text at its last pause; the rules come when `wanted`. Undefined as long as they say nothing. */
export function useReview(host: Host, kind: DraftKind, text: string, wanted: boolean): Reviewed | "failed" | undefined {
  const [review, setReview] = useState<Review | "failed">();
  const [said, setSaid] = useState<Reviewed>();
  useEffect(() => {
    if (!wanted || review) return;
    // A kernel that is gone, a script that did not come, rules of another version: one writes on without.
    host.draftRules(kind)
      .then((rules) => setReview(() => (rules ? reviewerOf(rules) : "failed")))
      .catch(() => setReview("failed"));
  }, [wanted]);
  useEffect(() => {
    if (!review || review === "failed") return undefined;
    const look = () => setSaid(text.trim() && [...text].length <= TEXT_LIMIT ? { text, findings: review(kind, text) } : undefined);
    const timer = setTimeout(() => afterPress(look), said === undefined ? 0 : PAUSE);
    return () => clearTimeout(timer);
  }, [review, text]);
  return review === "failed" ? review : said;
}

interface Props {
  kind: DraftKind;
  reviewed: Reviewed | "failed" | undefined;
  /** Select a place of the text in its field; code units. */
  show(begin: number, end: number): void;
}

function spoken(reviewed: Props["reviewed"]): string {
  if (reviewed === "failed") return "The feedback did not load. What you write is kept all the same; load the page again for feedback.";
  if (!reviewed) return "";
  const open = reviewed.findings.filter(({ met }) => !met).length;
  return open ? `Feedback: ${many(open, "thing")} to look at.` : "Feedback: nothing to mend found.";
}

export function Feedback({ kind, reviewed, show }: Props) {
  const findings = reviewed && reviewed !== "failed" ? reviewed.findings : [];
  const open = findings.filter(({ met }) => !met);
  return (
    <div class="iiv-feedback">
      <p class="iiv-feedback-said" role="status">
        {spoken(reviewed)}
      </p>
      {reviewed && reviewed !== "failed" && (
        <>
          <ul>
            {open.map((finding) => (
              <Open key={finding.criterion} finding={finding} text={reviewed.text} show={show} />
            ))}
          </ul>
          {kind !== "question" && findings.some(({ met }) => met) && (
            <p class="iiv-feedback-met">
              <span aria-hidden="true">✔ </span>
              There: {findings.filter(({ met }) => met).map(titleOf).join("; ")}.
            </p>
          )}
          <p class="iiv-when">
            Found by rules, on this device. They cannot judge tone, truth or timing, and they can be wrong: the last word is yours.
          </p>
        </>
      )}
    </div>
  );
}

function Open({ finding, text, show }: { finding: Finding; text: string; show: Props["show"] }) {
  const { strength, advice, span } = finding;
  const points = span && [...text];
  const [begin, end] = points ? span.map((at) => points.slice(0, at).join("").length) : [];
  const quote = begin !== undefined && text.slice(begin, end).trim();
  return (
    <li class={strength === "ask" ? "iiv-ask" : undefined}>
      <p>
        <strong>{titleOf(finding)}</strong>
      </p>
      {quote && quote.length < text.trim().length && (
        <p>
          <q>{quote.length > 120 ? `${quote.slice(0, 119)}…` : quote}</q>{" "}
          <button type="button" class="iiv-small" onClick={() => show(begin!, end!)} {...ownKeys}>
            Show where
          </button>
        </p>
      )}
      <p>{advice}</p>
    </li>
  );
}
