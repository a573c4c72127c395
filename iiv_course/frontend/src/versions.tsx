// A text that was written apart in two places: both to read, and one to go on with.
import { ownKeys } from "./answers";
import { moment } from "./dates";
import { TEXT_LIMIT } from "./file";
import type { Draft } from "./state";

interface Props {
  versions: readonly Draft[];
  /** Go on with this text; it takes the place of all that stand there. */
  choose(text: string): void;
}

export function Versions({ versions, choose }: Props) {
  const how = versions.length === 2 ? "Two" : versions.length;
  const together = versions.map(({ text }) => text.trim()).join("\n\n");
  return (
    <div class="iiv-answer iiv-versions" role="group" aria-label={`${how} versions were written apart`}>
      <p>
        <strong>{how} versions were written apart</strong>, in two places that did not know of each other. Nothing is lost: choose
        one, or put them together and edit.
      </p>
      {versions.map(({ version, text, at }, i) => (
        <section key={version} aria-label={`Version ${i + 1}`}>
          <p class="iiv-when">
            Version {i + 1}, written {moment(at)}
          </p>
          <blockquote>{text}</blockquote>
          <button type="button" onClick={() => choose(text)} {...ownKeys}>
            Go on with version {i + 1}
          </button>
        </section>
      ))}
      {together.length <= TEXT_LIMIT && (
        <button type="button" onClick={() => choose(together)} {...ownKeys}>
          Put them together
        </button>
      )}
    </div>
  );
}
