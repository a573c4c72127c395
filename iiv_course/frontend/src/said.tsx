// What is said about an answer: verdict, feedback, tries left, sources.
import { ownKeys } from "./answers";
import { day } from "./dates";
import type { ExploreLab } from "./exploration";
import { type ItemSpec, type Result, fraction, grade } from "./grading";
import { type ItemState, earlier, standing, tries } from "./state";
import { Html } from "./text";

interface Props {
  item: ItemSpec;
  state: ItemState;
  refused: Result | null;
  /** The learner is answering: an earlier verdict no longer stands. */
  open: boolean;
  written: string;
  /** Of an explore item: its lab, and that the prediction is locked. */
  lab: ExploreLab | undefined;
  predicted: boolean;
}

export function Verdict({ item, state, refused, open, written, lab, predicted }: Props) {
  const { last, triesUsed, finished } = standing(state, item.rev, tries(item));
  if (refused) return <Say item={item} result={refused} />;
  if (open && predicted) return <p>Your prediction is locked. Move the sliders, then check.</p>;
  if (!last) {
    const old = earlier(state, item.rev);
    return old ? (
      <p>You answered an earlier version of this question on {day(old.at) ?? "an unknown day"}. That answer is kept; this is the new version.</p>
    ) : null;
  }
  if (open) return null;
  if (last.revealed) return <p class="iiv-verdict">This is the answer. The question stays on your list of what is worth repeating.</p>;
  if (item.type === "explore" && !lab) return null;
  const left = tries(item) - triesUsed;
  return (
    <>
      <Say item={item} result={grade(item, item.type === "reflection" ? written : last.response, lab?.grade)} />
      {item.type === "numeric" && <ReadAs response={last.response} />}
      {!finished && Number.isFinite(left) && <p>{left === 1 ? "One try left." : `${left} tries left.`}</p>}
    </>
  );
}

function Say({ item, result }: { item: ItemSpec; result: Result }) {
  // Feedback on parts stands beside the parts, except that a choice has just one.
  const notes = result.notes.filter((note) => item.type === "choice" || !/^(option|entry)\//.test(note));
  return (
    <>
      <p class={`iiv-verdict iiv-verdict-${result.verdict}`}>{words(item, result)}</p>
      {notes.map((note) => item.notes[note] && <Html as="div" class="iiv-note" key={note} html={item.notes[note]} />)}
      {item.type === "explore" && result.score !== null && (
        <p>Your prediction was {result.notes.includes(`option/${item.answer}`) ? "right" : "not right, which costs nothing"}.</p>
      )}
    </>
  );
}

function ReadAs({ response }: { response: unknown }) {
  if (typeof response !== "string" || !response.includes(",")) return null;
  return <p>A comma is read as a decimal comma here: {response.trim().replace(",", ".")}.</p>;
}

function words(item: ItemSpec, { verdict, score }: Result): string {
  switch (verdict) {
    case "right":
      return "✔ Right";
    case "partly": {
      if (item.type !== "match") return "◐ Partly right";
      const [top, bottom] = fraction(score ?? "0");
      return `◐ Partly right: ${(top * item.entries.length) / bottom} of ${item.entries.length}`;
    }
    case "wrong":
      return "✖ Not right";
    case "near":
      return "Close: check the spelling. This did not cost a try.";
    case "missing":
      return MISSING[item.type];
    case "unreadable":
      return item.type === "numeric"
        ? "Write a plain number, such as 12 or 0.5."
        : "This answer does not fit the question as it is now. Please answer again.";
    case "done":
      return item.type === "reflection" ? "✔ Saved. Compare with a model answer:" : "✔ Saved";
  }
}

const MISSING: Record<ItemSpec["type"], string> = {
  choice: "Choose an answer first.",
  multiple: "Choose at least one answer first.",
  numeric: "Write a number first.",
  text: "Write an answer first.",
  order: "Put the entries in order first.",
  match: "Choose something for every line first.",
  scale: "Choose a level first.",
  reflection: "Write something first; a sentence will do.",
  explore: "Choose a prediction first.",
  draft: "Write something first; a sentence will do.",
  table: "Write something first.",
  conversation: "Choose what you say first.",
};

export function Sources({ sources }: { sources: NonNullable<ItemSpec["sources"]> }) {
  if (!sources.length) return null;
  return (
    <p class="iiv-sources">
      {sources.length === 1 ? "Source: " : "Sources: "}
      {sources.map(({ label, strength, href }, i) => (
        <span key={label}>
          {i > 0 && "; "}
          {href ? <a href={href} {...ownKeys}>{label}</a> : label}
          {strength && ` (${strength})`}
        </span>
      ))}
    </p>
  );
}
