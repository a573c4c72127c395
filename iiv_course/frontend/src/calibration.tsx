// Confidence against result, as counts in words; silent about a level until there is enough to say something.
import { ownKeys } from "./answers";
import { ENOUGH, byConfidence } from "./confidence";
import type { States } from "./counts";
import type { CourseIndex, IndexItem } from "./spec";
import type { Confidence } from "./state";

const LEVELS: [Confidence, string, string][] = [
  ["certain", "Certain", "that you were certain of"],
  ["fairly-sure", "Fairly sure", "that you were fairly sure of"],
  ["guess", "A guess", "that you called a guess"],
];

/** Of all graded items of the course, each time that one was taken up. */
export function Calibration({ index, states }: { index: CourseIndex; states: States }) {
  // Of an explore item one is sure of the prediction, which is not what is graded.
  const isAnswer = ({ tries, type }: IndexItem) => typeof tries === "number" && type !== "explore";
  const graded = index.lessons.flatMap((lesson) => lesson.items.filter(isAnswer));
  const counts = byConfidence(graded, states);
  const said = LEVELS.filter(([level]) => counts[level].answered >= ENOUGH);

  return (
    <section class="iiv-calibration" aria-label="How sure, and how right">
      {said.map(([level, , words]) => (
        <p key={level}>
          Of {counts[level].answered} answers {words}, <strong>{counts[level].right} {counts[level].right === 1 ? "was" : "were"} right</strong>.
        </p>
      ))}
      {said.length < LEVELS.length && (
        <p>
          {said.length === 0 && "Before you press Check, you can say how sure you are. "}
          {said.length === 0 ? `From ${ENOUGH} first tries at a level on` : `At the other levels, from ${ENOUGH} first tries on`}, you see here
          how many were right. Fewer would say little.
        </p>
      )}
      <div class="iiv-scroll" tabIndex={0} role="group" aria-label="First tries by how sure you were" {...ownKeys}>
        <table>
          <thead>
            <tr>
              <th scope="col">How sure</th>
              <th scope="col">First tries</th>
              <th scope="col">Right</th>
            </tr>
          </thead>
          <tbody>
            {LEVELS.map(([level, label]) => (
              <tr key={level}>
                <th scope="row">{label}</th>
                <td>{counts[level].answered}</td>
                <td>{counts[level].answered < ENOUGH ? `after ${ENOUGH - counts[level].answered} more` : counts[level].right}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
