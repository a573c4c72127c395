// What was missed or guessed comes back when it is about to fade: one question at a time, and why it is shown.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ownKeys } from "./answers";
import { useItems } from "./apart";
import type { ItemSpec } from "./grading";
import type { Host } from "./host";
import { randomName } from "./ids";
import { Item } from "./item";
import { comesBack, when, why } from "./review-words";
import { type Place, type Schedule, ofSitting, place, schedule, sittings } from "./schedule";
import type { ReviewSpec } from "./spec";
import { type ItemState, fresh, standing, tries } from "./state";
import { useStates } from "./use-item-state";

/** A question that was taken up, with the sittings it had before; so a sitting that another view begins is seen here. */
interface Taken {
  item: ItemSpec;
  before: string[];
  reason: string;
}

/** As long as this, a question that was left between two tries is taken up where it stood. */
const STILL_OPEN = 86_400_000;

export function Review({ spec, host }: { spec: ReviewSpec; host: Host }) {
  const all = useStates(host.model);
  const { items, waiting, failed } = useItems(spec, all);
  const begun = useRef(false);
  begun.current ||= !waiting;
  return (
    <>
      {failed && <p role="alert">Some questions did not load. Load the page again.</p>}
      {begun.current && <Sitting items={items} all={all} host={host} />}
    </>
  );
}

interface SittingProps {
  items: readonly ItemSpec[];
  all: Readonly<Record<string, ItemState>>;
  host: Host;
}

function Sitting({ items, all, host }: SittingProps) {
  const [, setTurn] = useState(0);
  const instance = useRef(randomName());
  const taken = useRef<Taken | null>(null);
  const passed = useRef<{ done: string[]; skipped: string[] }>({ done: [], skipped: [] });
  const top = useRef<HTMLParagraphElement>(null);
  const [moves, setMoves] = useState(0);

  useLayoutEffect(() => {
    // A page may stay open for days.
    const draw = () => setTurn((turn) => turn + 1);
    document.addEventListener("visibilitychange", draw);
    return () => document.removeEventListener("visibilitychange", draw);
  }, []);
  useLayoutEffect(() => {
    if (moves) top.current?.focus();
  }, [moves]);

  const now = Date.now();
  const plan = schedule(items, all, now);
  const sitting = ({ item, before }: Taken) => sittings(stateOf(item), item.rev).find((id) => !before.includes(id)) ?? null;
  const stateOf = ({ key }: ItemSpec): ItemState => all[key] ?? fresh(key);
  const isDue = (key: string) => plan.due.some((each) => each.key === key);
  // Erased meanwhile: there is nothing to review any more.
  if (taken.current && sitting(taken.current) === null && !isDue(taken.current.item.key)) taken.current = null;
  taken.current ??= next(items, all, plan, passed.current.skipped, passed.current.done, now);

  const { done } = passed.current;
  if (!taken.current) return <Rest plan={plan} reviewed={done.length} host={host} now={now} top={top} />;

  const { item, reason } = taken.current;
  const current = sitting(taken.current);
  const waiting = plan.due.filter(({ key }) => key !== item.key).length;
  const go = () => {
    (current === null ? passed.current.skipped : done).push(item.key);
    taken.current = null;
    setMoves(moves + 1);
  };
  return (
    <section class="iiv-review" aria-label="Review">
      <p class="iiv-review-why" ref={top} tabIndex={-1} {...ownKeys}>
        <strong>
          Question {done.length + 1} of {done.length + 1 + waiting}.
        </strong>{" "}
        {reason}
      </p>
      <Item key={item.key} item={item} host={host} id={`iiv-${instance.current}-${item.key.replace("/", "--")}`} sitting={current} />
      <p class="iiv-review-back" role="status">
        {current !== null && comesBack(place(stateOf(item), item.rev, now), now)}
      </p>
      {current !== null && <InLesson host={host} of={item.key} />}
      {(current !== null || waiting > 0) && (
        <div class="iiv-buttons">
          <button type="button" onClick={go} {...ownKeys}>
            {current === null ? "Later" : waiting > 0 ? "Next question" : "Finish"}
          </button>
        </div>
      )}
    </section>
  );
}

/** What was left between two tries, else what is due the longest; what was put off comes last. */
function next(
  items: readonly ItemSpec[],
  all: Readonly<Record<string, ItemState>>,
  { due, later }: Schedule,
  skipped: string[],
  done: string[],
  now: number,
): Taken | null {
  const itemOf = ({ key }: Place) => items.find((item) => item.key === key);
  for (const each of later) {
    const item = itemOf(each);
    const state = all[each.key];
    if (!item || !state || done.includes(each.key) || each.at === null || now - each.at > STILL_OPEN) continue;
    const before = sittings(state, item.rev);
    const last = before.pop();
    if (last && !standing(ofSitting(state, last), item.rev, tries(item)).finished) {
      return { item, before, reason: "You began this one, and have a try left." };
    }
  }
  const order = [...due].sort((a, b) => skipped.lastIndexOf(a.key) - skipped.lastIndexOf(b.key));
  const first = order[0];
  const item = first && itemOf(first);
  return item ? { item, before: sittings(all[item.key] ?? fresh(item.key), item.rev), reason: why(first) } : null;
}

function InLesson({ host, of }: { host: Host; of: string }) {
  const lesson = host.index().lessons.find(({ items }) => items.some(({ key }) => key === of));
  const href = lesson?.items.find(({ key }) => key === of)?.href;
  // Only once it was tried: what one reads first one need not remember.
  return href ? <p><a href={href} {...ownKeys}>Its place in the lesson “{lesson?.title}”</a></p> : null;
}

interface Rested {
  plan: Schedule;
  reviewed: number;
  host: Host;
  now: number;
  top: { current: HTMLParagraphElement | null };
}

/** Nothing is due: when something will be, and where to go meanwhile. */
function Rest({ plan: { later }, reviewed, host, now, top }: Rested) {
  const [soonest] = later;
  const sameDay = later.filter(({ due }) => soonest && new Date(due).toDateString() === new Date(soonest.due).toDateString());
  const lessons = host.index().lessons.filter(({ href }) => href);
  return (
    <section class="iiv-review" aria-label="Review">
      <p ref={top} tabIndex={-1} {...ownKeys}>
        {reviewed > 0
          ? `That was all for now. You went over ${questions(reviewed)}.`
          : soonest
            ? "Nothing is due now."
            : "Nothing waits for review yet. A question comes here when you miss it on the first try, or call your answer a guess."}
      </p>
      {soonest && (
        <p>
          Next: {questions(sameDay.length)}, {when(soonest.due, now)}.
          {later.length > sameDay.length && ` ${later.length} wait in all.`}
        </p>
      )}
      {lessons.length > 0 && (
        <>
          <p>Meanwhile, the lessons:</p>
          <ul>
            {lessons.map(({ bank, title, href }) => (
              <li key={bank}>
                <a href={href ?? ""} {...ownKeys}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

const questions = (count: number): string => `${count} ${count === 1 ? "question" : "questions"}`;
