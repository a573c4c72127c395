// One exercise: a form with its question, answer controls, verdict and buttons.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Answer, focusAnswer, ownKeys, readAnswer, rightAnswer } from "./answers";
import { type Kept, explored, readKept, useExploreLab } from "./exploration";
import { type ItemSpec, type Result, grade } from "./grading";
import type { Host } from "./host";
import { newId } from "./ids";
import { version } from "./merge";
import { Question } from "./question";
import { Sources, Verdict } from "./said";
import { ofSitting } from "./schedule";
import { StartOver, startOver } from "./start-over";
import { type Attempt, type Confidence, isAttempt, standing, tries } from "./state";
import { Html } from "./text";
import { useItemState, useText } from "./use-item-state";

const CONFIDENCE: [Confidence, string][] = [
  ["guess", "A guess"],
  ["fairly-sure", "Fairly sure"],
  ["certain", "Certain"],
];

const SUBMIT: Partial<Record<ItemSpec["type"], string>> = { scale: "Save", reflection: "Compare with a model answer" };

const SLIDER = ".iiv-slider input";

interface Props {
  item: ItemSpec;
  host: Host;
  id: string;
  /** In review: the sitting that is shown, null until its first attempt. Not given in a lesson. */
  sitting?: string | null;
}

export function Item({ item, host, id, sitting }: Props) {
  const [state, update] = useItemState(host.model, item.key);
  const { own, writing, versions, choose } = useText(state, update);
  const form = useRef<HTMLFormElement>(null);
  const [again, setAgain] = useState(false);
  const [hintsAsked, setHintsAsked] = useState(0);
  /** What a Check said that was no attempt: nothing chosen, not a number, a slip of the pen. */
  const [refused, setRefused] = useState<Result | null>(null);
  /** Where the focus goes once the page shows it. */
  const [focus, setFocus] = useState<string | null>(null);

  const graded = "tries" in item;
  const hints = graded ? (item.hints ?? []) : [];
  const shown = sitting === undefined ? state : ofSitting(state, sitting);
  const { last, finished, right } = standing(shown, item.rev, tries(item));
  const locked = graded && last !== undefined && !again;
  const hintsShown = Math.max(hintsAsked, locked ? last.hints : 0);
  // A new try starts from the old answer, except where a mark would point at what is left.
  const clean = again && (item.type === "choice" || item.type === "multiple");
  const inReview = sitting !== undefined;
  const exploration = item.type === "explore" ? explored(item, shown, readKept(own.text, inReview), again) : null;
  const response = exploration ?? (clean ? undefined : last?.revealed ? rightAnswer(item) : last?.response);
  const lab = useExploreLab(item, host);
  /** The prediction of an explore item stands open, and is to be locked first. */
  const predicting = exploration !== null && exploration.prediction === undefined;

  // A button that goes away would drop the focus to the page: it moves to what takes its place.
  useLayoutEffect(() => {
    if (!focus || !form.current) return;
    if (focus === "answer") focusAnswer(form.current);
    else {
      const target = form.current.querySelector<HTMLElement>(focus);
      // The sliders come with their lab, which may still be on its way.
      if (!target) return;
      target.focus();
    }
    setFocus(null);
  }, [focus, lab, predicting]);

  const keep = (changed: Partial<Kept>): string =>
    JSON.stringify({ confidence: null, position: {}, ...exploration, ...changed, review: inReview });

  const lock = (at: HTMLFormElement) => {
    const data = new FormData(at);
    const prediction = data.get("answer") as string | null;
    setRefused(prediction === null ? { verdict: "missing", score: null, notes: [] } : null);
    if (prediction === null) return focusAnswer(at);
    choose(keep({ prediction, confidence: data.get("confidence") as Confidence | null }));
    setFocus(SLIDER);
  };

  // What is written from here on replaces what stands there now.
  useLayoutEffect(() => {
    if (exploration) own.shown();
  }, [state.draft]);

  const record = (attempt: Pick<Attempt, "response" | "score" | "revealed" | "confidence">) => {
    writing.flush();
    update((now) => {
      const id = newId(now);
      const review = sitting === undefined ? {} : { review: sitting ?? id };
      const at = new Date().toISOString();
      const then = {
        ...now,
        attempts: [...now.attempts, { id, rev: item.rev, round: now.round, at, hints: hintsShown, ...attempt, ...review }],
      };
      // What was locked stands in the attempt from now on.
      return exploration ? { ...then, draft: [version(then, "")] } : then;
    });
    setAgain(false);
    setRefused(null);
  };

  const check = (event: Event) => {
    event.preventDefault();
    const at = form.current;
    if (!at || locked) return;
    if (predicting) return lock(at);
    if (exploration && !lab) return;
    // A text is to be chosen first.
    if (item.type === "reflection" && !at.querySelector("textarea")) return focusAnswer(at);
    // The form, not component state, which may lag behind a click of a moment ago.
    const answer = readAnswer(item, at);
    const result = grade(item, answer, lab?.grade);
    if (!isAttempt(result.verdict)) {
      setRefused(result);
      if (result.verdict !== "near") focusAnswer(at);
      return;
    }
    // The fields close now; a closed field would drop the focus to the page.
    at.querySelector<HTMLElement>("button[type=submit]")?.focus();
    record({
      response: item.type === "reflection" ? null : answer,
      score: result.score,
      revealed: false,
      confidence: exploration ? (exploration.confidence ?? null) : (new FormData(at).get("confidence") as Confidence | null),
    });
  };

  return (
    <form class="iiv-item" ref={form} id={id} onSubmit={check} autocomplete="off" noValidate data-key={item.key}>
      <Question item={item}>
        <Answer
          // Fields are uncontrolled: a new answer or a new try is a new set of fields.
          key={`${last?.id ?? ""} ${again}`}
          item={item}
          response={response}
          locked={locked}
          finished={finished}
          revealed={last?.revealed ?? false}
          writing={writing}
          versions={versions}
          choose={(text) => {
            choose(text);
            setFocus("textarea");
          }}
          lab={lab}
          move={(position) => own.input(keep({ position }))}
          statusId={refused || shown.attempts.length ? `${id}-status` : undefined}
        />
      </Question>
      {graded && !locked && (!exploration || predicting) && (
        <fieldset class="iiv-confidence">
          <legend>How sure are you? (optional)</legend>
          {CONFIDENCE.map(([value, label]) => (
            <label key={value}>
              <input type="radio" name="confidence" value={value} {...ownKeys} /> {label}
            </label>
          ))}
        </fieldset>
      )}
      <div class="iiv-buttons">
        <button type="submit" class="iiv-primary" aria-disabled={locked} {...ownKeys}>
          {predicting ? "Lock my prediction" : (SUBMIT[item.type] ?? "Check")}
        </button>
        {graded && !locked && !predicting && hintsShown < hints.length && (
          <button
            type="button"
            onClick={() => {
              setHintsAsked(hintsShown + 1);
              if (hintsShown + 1 === hints.length) setFocus(".iiv-hints li:last-child");
            }}
            {...ownKeys}
          >
            Hint
          </button>
        )}
        {locked && !finished && (
          <button
            type="button"
            onClick={() => {
              setHintsAsked(hintsShown);
              setAgain(true);
              setFocus(exploration ? SLIDER : "answer");
            }}
            {...ownKeys}
          >
            Try again
          </button>
        )}
        {locked && !right && !last.revealed && (
          <button
            type="button"
            onClick={() => {
              record({ response: null, score: null, revealed: true, confidence: null });
              setFocus(".iiv-status[id]");
            }}
            {...ownKeys}
          >
            Show answer
          </button>
        )}
        {sitting === undefined && last && (finished || !graded) && (
          <StartOver
            host={host}
            label="Start over"
            says="This exercise begins anew."
            start={() => {
              update((now) => startOver(now, item.rev));
              setAgain(false);
              setHintsAsked(0);
              setRefused(null);
              setFocus("answer");
            }}
          />
        )}
      </div>
      <ol class="iiv-hints" aria-label="Hints" aria-live="polite" hidden={hintsShown === 0}>
        {hints.slice(0, hintsShown).map((hint, i) => (
          <li key={i} tabIndex={-1} {...ownKeys}>
            <Html as="div" html={hint} />
          </li>
        ))}
      </ol>
      <div class="iiv-status" role="status" id={`${id}-status`} tabIndex={-1} {...ownKeys}>
        <Verdict
          item={item}
          state={shown}
          refused={refused}
          open={graded && !locked}
          written={writing.text}
          lab={lab}
          predicted={exploration !== null && !predicting}
        />
      </div>
      {last && (finished || !graded) && (
        <div class="iiv-explanation">
          {graded && <Html as="div" html={item.explanation} />}
          <Sources sources={item.sources ?? []} />
        </div>
      )}
    </form>
  );
}
