// How far a learner is with a lesson, and where to go on.
import { ownKeys } from "./answers";
import { type Counts, counted, many, next } from "./counts";
import type { Host } from "./host";
import type { ProgressSpec } from "./spec";
import { useStates } from "./use-item-state";

export function Progress({ spec, host }: { spec: ProgressSpec; host: Host }) {
  const states = useStates(host.model);
  const lesson = spec.index?.lessons.find(({ bank }) => bank === spec.bank);
  return lesson ? <Bar counts={counted(lesson.items, states)} /> : null;
}

export function Continue({ host }: { host: Host }) {
  const states = useStates(host.model);
  const { lessons } = host.index();
  const begun = lessons
    .map((lesson) => ({ lesson, counts: counted(lesson.items, states) }))
    .filter(({ counts }) => counts.answered + counts.texts > 0);
  // Nothing to go on with: the page itself says where to begin.
  if (!begun.length) return null;
  const place = next(lessons, states);
  return (
    <section class="iiv-continue" aria-label="Continue">
      {place ? (
        <p>
          {place.item ? (
            <Place title={`Continue where you left off: ${place.lesson.title}, “${place.item.title}”`} href={place.item.href} />
          ) : (
            <Place title={`Go on with the next lesson: ${place.lesson.title}`} href={place.lesson.href} />
          )}
        </p>
      ) : (
        <p>You have answered everything in this course.</p>
      )}
      <ul>
        {begun.map(({ lesson, counts }) => (
          <li key={lesson.bank}>
            <Place title={lesson.title} href={lesson.href} />
            <Bar counts={counts} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** In words and as a bar, which counts answers and texts alike. */
export function Bar({ counts }: { counts: Counts }) {
  const { answered, of, texts, places } = counts;
  return (
    <label class="iiv-progress">
      <span>
        {answered} of {of} answered{places > 0 && ` · ${many(texts, "text")} written`}
      </span>
      <progress value={answered + texts} max={of + places} />
    </label>
  );
}

/** A link where it can lead somewhere. */
export function Place({ title, href }: { title: string; href?: string | null | undefined }) {
  return href ? (
    <a href={href} {...ownKeys}>
      {title}
    </a>
  ) : (
    <>{title}</>
  );
}
