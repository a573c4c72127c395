// A conversation to hold: what the other person says, what one may say, what she thought of it, and where it led.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { ownKeys } from "./answers";
import { newId } from "./ids";
import type { LaterProps, Of } from "./later";
import { type Beliefs, type Conversation, type Meters, type Step, type Transcript, play, word } from "./scenario";
import { Question } from "./question";
import { Sources } from "./said";
import { scriptAt } from "./script";
import { StartOver, startOver } from "./start-over";
import { type ItemState, current } from "./state";
import { Html } from "./text";
import { useItemState, useText } from "./use-item-state";

declare global {
  interface Window {
    /** In the book each conversation is a script of its own. */
    iivTalks?: Record<string, Told>;
  }
}

/** As `iiv_course/page/talk.py` writes it: texts as HTML, skills with the title of their lesson. */
interface Told extends Omit<Conversation, "skills"> {
  skills: readonly (Conversation["skills"][number] & { lesson_title: string })[];
  /** The conversation that this one follows, as far as playing it takes. */
  earlier?: Conversation;
}

type TalkSpec = Of<"conversation">;

const METERS: [keyof Meters, string][] = [
  ["trust", "Trust: do you mean it?"],
  ["fit", "Fit: would you fit?"],
  ["learn", "Learn: what you found out"],
];

const BREACH: Record<string, string> = {
  lying: "what was not true",
  naming: "a name that was not yours to give",
  leaking: "what was told in confidence",
  "broken-promise": "a promise that was not kept",
  "skipping-process": "the way around the process",
};

/** Other cultures to replay a path in. */
const CULTURES: [openness: number, name: string][] = [
  [0.2, "a closed culture"],
  [0.5, "a guarded culture"],
  [0.9, "an open culture"],
];

function useTold(item: TalkSpec): Told | "failed" | undefined {
  const [told, setTold] = useState<Told | "failed" | undefined>(item.talk as Told | undefined);
  useEffect(() => {
    if (!told) void scriptAt(item.apart ?? "").then(() => setTold(window.iivTalks?.[item.conversation] ?? "failed"));
  }, []);
  return told;
}

/** A path is kept as the item's text while one talks, and in an attempt once it has ended. */
const written = (path: readonly string[]): string => JSON.stringify({ path });

/** The path that is under way; null where none is. */
function readPath(text: string): string[] | null {
  try {
    const { path } = JSON.parse(text);
    return Array.isArray(path) ? path : null;
  } catch {
    return null;
  }
}

/** The longest beginning of a path that the conversation has; it may have changed since. */
function playable(talk: Conversation, path: unknown, earlier: Beliefs | undefined): { path: string[]; transcript: Transcript } {
  const ids = Array.isArray(path) ? path.filter((id): id is string => typeof id === "string") : [];
  for (let length = ids.length; length > 0; length -= 1) {
    try {
      return { path: ids.slice(0, length), transcript: play(talk, ids.slice(0, length), { earlier }) };
    } catch {
      // Shorter, then.
    }
  }
  return { path: [], transcript: play(talk, [], { earlier }) };
}

const lastHeld = (state: ItemState, rev: string): unknown => current(state, rev).pop()?.response;

/** Where the conversation ended that this one follows, if it was held. */
function endedAt(earlier: Conversation | undefined, state: ItemState): Beliefs | undefined {
  const path = state.attempts.filter(({ round }) => round === state.round).pop()?.response;
  if (!earlier || !path) return undefined;
  const { transcript } = playable(earlier, path, undefined);
  return transcript.ending ? transcript.meters : undefined;
}

export function Talk({ item, host, id, begin }: LaterProps<TalkSpec>) {
  const told = useTold(item);
  return (
    <section class="iiv-item iiv-talk-item" id={id} aria-label={item.title} data-key={item.key}>
      <Question item={item}>
        {told === "failed" ? (
          <p>This conversation did not load. Load the page again.</p>
        ) : told ? (
          <Held item={item} host={host} id={id} talk={told} begin={begin ?? false} />
        ) : (
          <p>The conversation is on its way.</p>
        )}
      </Question>
    </section>
  );
}

function Held({ item, host, talk, begin }: LaterProps<TalkSpec> & { talk: Told }) {
  const [state, update] = useItemState(host.model, item.key);
  const [before] = useItemState(host.model, item.follows ?? item.key);
  const { own, choose } = useText(state, update);
  const earlier = endedAt(talk.earlier, before);
  const underWay = readPath(own.text);
  const { path, transcript } = playable(talk, underWay ?? lastHeld(state, item.rev), earlier);
  const [begun, setBegun] = useState(begin ?? false);
  const [focus, setFocus] = useState<string | null>(begin ? ".iiv-scene" : null);
  const place = useRef<HTMLDivElement>(null);
  // Where one pressed there is something else now: the focus goes to what is to be read next.
  useLayoutEffect(() => {
    const target = focus && place.current?.querySelector<HTMLElement>(focus);
    if (!target) return;
    target.focus();
    setFocus(null);
  }, [focus, path.length, begun]);

  const goTo = (next: string[]) => {
    choose(written(next));
    setFocus(next.length ? `[data-step="${next.length - 1}"]` : ".iiv-scene");
  };
  const say = (choice: string) => {
    const next = [...path, choice];
    if (!play(talk, next, { earlier }).ending) return goTo(next);
    choose("");
    update((now) => ({
      ...now,
      attempts: [
        ...now.attempts,
        {
          id: newId(now), rev: item.rev, round: now.round, at: new Date().toISOString(), response: next, score: null, hints: 0,
          revealed: false, confidence: null,
        },
      ],
    }));
    setFocus(`[data-step="${next.length - 1}"]`);
  };
  const scene = talk.scenes.find(({ id }) => id === transcript.scene);
  const held = current(state, item.rev).length;

  return (
    <div class="iiv-answer" ref={place}>
      <p class="iiv-when">
        With {talk.who.name}, {talk.who.role}, {talk.who.organization}; invented, like everyone here. About {talk.minutes} minutes.
        Culture: {talk.culture}.
      </p>
      <Html as="div" class="iiv-setting" html={talk.setting} />
      {!begun && !underWay && !path.length && (
        <div class="iiv-buttons">
          <button
            type="button"
            class="iiv-primary"
            onClick={() => {
              setBegun(true);
              setFocus(".iiv-scene");
            }}
            {...ownKeys}
          >
            Begin the conversation
          </button>
        </div>
      )}
      {path.length > 0 && (
        <ol class="iiv-talk" aria-label="The conversation so far">
          {transcript.steps.map((step, at) => (
            <Said key={`${at} ${step.choice}`} at={at} step={step} talk={talk} rewind={() => goTo(path.slice(0, at))} />
          ))}
        </ol>
      )}
      {scene && (begun || underWay || path.length > 0) && (
        <div class="iiv-scene" tabIndex={-1} role="group" aria-label={`${talk.who.name}, and what you may say`} {...ownKeys}>
          <CameOut ids={transcript.came_out} talk={talk} />
          <p class="iiv-speaker">{talk.who.name}</p>
          <Html as="div" class="iiv-says" html={scene.says} />
          <Standing meters={transcript.meters} />
          <p class="iiv-speaker">What do you say?</p>
          <ul class="iiv-choices">
            {scene.choices.map(({ id, text }) => (
              <li key={id}>
                <button type="button" onClick={() => say(id)} {...ownKeys}>
                  <Html html={text} />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {transcript.ending && (
        <>
          <Ended talk={talk} transcript={transcript} path={path} earlier={earlier} rewind={(at) => goTo(path.slice(0, at))} />
          <div class="iiv-buttons">
            <button type="button" class="iiv-primary" onClick={() => goTo([])} {...ownKeys}>
              Hold it again
            </button>
            <StartOver
              host={host}
              label="Start over"
              says="This conversation begins anew."
              start={() => {
                update((now) => startOver(now, item.rev));
                setBegun(false);
              }}
            />
          </div>
          <p class="iiv-when">Held {held === 1 ? "once" : `${held} times`}.</p>
          <Sources sources={item.sources ?? []} />
        </>
      )}
    </div>
  );
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** Beliefs have words; of what was learned only the share says something. */
const said = (meter: keyof Meters, value: number): string => (meter === "learn" ? percent(value) : `${word(value)}, ${percent(value)}`);

function Standing({ meters }: { meters: Meters }) {
  return (
    <dl class="iiv-meters simple" aria-label="Where you stand: what the other person makes of you, and what you learned">
      {METERS.map(([meter, label]) => (
        <div key={meter}>
          <dt>{label}</dt>
          <dd>
            <meter min={0} max={1} value={meters[meter]} aria-hidden="true" /> {said(meter, meters[meter])}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface SaidProps {
  at: number;
  step: Step;
  talk: Told;
  rewind(): void;
}

/** A scene that is over: what she said, what you said, what she thought of it, and what it moved. */
function Said({ at, step, talk, rewind }: SaidProps) {
  const scene = talk.scenes.find(({ id }) => id === step.scene)!;
  const choice = scene.choices.find(({ id }) => id === step.choice)!;
  const moved = METERS.filter(([meter]) => Math.abs(step.after[meter] - step.before[meter]) >= 0.005);
  return (
    <li>
      <CameOut ids={step.came_out} talk={talk} />
      <p class="iiv-speaker">{talk.who.name}</p>
      <Html as="div" class="iiv-says" html={scene.says} />
      <div class="iiv-mine" data-step={at} tabIndex={-1} {...ownKeys}>
        <p class="iiv-speaker">You</p>
        <Html as="div" html={choice.text} />
      </div>
      {choice.reply && (
        <>
          <p class="iiv-speaker">{talk.who.name}</p>
          <Html as="div" class="iiv-says" html={choice.reply} />
        </>
      )}
      <div class="iiv-thought">
        <p class="iiv-speaker">What {talk.who.name} thought</p>
        <Html as="div" html={choice.thought} />
        <p class="iiv-when">
          {moved.length
            ? moved.map(([meter, label]) => `${label} ${said(meter, step.before[meter])} → ${said(meter, step.after[meter])}.`).join(" ")
            : choice.missed
              ? "No meter moved, and a chance to learn something is gone."
              : "No meter moved."}
        </p>
      </div>
      <button type="button" class="iiv-small" onClick={rewind} {...ownKeys}>
        Go back to this moment
      </button>
    </li>
  );
}

/** Of a breach that was hidden until now. */
function CameOut({ ids, talk }: { ids: readonly string[]; talk: Told }) {
  const choices = talk.scenes.flatMap((scene) => scene.choices).filter(({ id }) => ids.includes(id));
  return (
    <>
      {choices.map(({ id, breach }) => (
        <p key={id} class="iiv-came-out">
          <strong>It has come out:</strong> {BREACH[breach?.kind ?? ""] ?? "what you did"}. From now on it counts in full.
        </p>
      ))}
    </>
  );
}

interface EndedProps {
  talk: Told;
  transcript: Transcript;
  path: readonly string[];
  earlier: Beliefs | undefined;
  /** Go back to a moment, by its number. */
  rewind(at: number): void;
}

function Ended({ talk, transcript, path, earlier, rewind }: EndedProps) {
  const ending = talk.endings.find(({ id }) => id === transcript.ending);
  const taken = talk.scenes.flatMap((scene) => scene.choices.filter(({ id }) => path.includes(id)));
  const missed = taken.filter(({ id }) => transcript.missed.includes(id));
  const promised = taken.filter(({ id }) => transcript.promised.includes(id));
  if (!ending) return null;
  return (
    <section class="iiv-ended" aria-label="How it ended">
      <CameOut ids={transcript.came_out} talk={talk} />
      <h4>{ending.title}</h4>
      <Standing meters={transcript.meters} />
      <Html as="div" html={ending.debrief} />
      {missed.length > 0 && (
        <>
          <h5>What you could still have learned</h5>
          <ul>
            {missed.map(({ id, missed }) => (
              <li key={id}>
                <Html as="div" html={missed ?? ""} />
              </li>
            ))}
          </ul>
        </>
      )}
      {promised.length > 0 && (
        <>
          <h5>What you promised</h5>
          <ul>
            {promised.map(({ id, promise }) => (
              <li key={id}>
                <Html html={promise ?? ""} />
              </li>
            ))}
          </ul>
        </>
      )}
      <BySkill talk={talk} steps={transcript.steps} rewind={rewind} />
      <Elsewhere talk={talk} path={path} earlier={earlier} />
      <h5>To take along</h5>
      <Html as="div" html={talk.takeaway} />
    </section>
  );
}

/** The debrief by competency: where something stronger could have been said, to go back to; not what, or it were told. */
function BySkill({ talk, steps, rewind }: Pick<EndedProps, "talk" | "rewind"> & { steps: readonly Step[] }) {
  const worth = ({ trust, fit, learn }: Conversation["scenes"][number]["choices"][number]) => trust + fit + learn;
  const decisions = steps.map((step, at) => {
    const { choices } = talk.scenes.find(({ id }) => id === step.scene)!;
    const taken = choices.find(({ id }) => id === step.choice)!;
    return { at, ...taken, best: worth(taken) >= Math.max(...choices.map(worth)) };
  });
  const skills = talk.skills.filter(({ id }) => decisions.some(({ skill }) => skill === id));
  return (
    <>
      <h5>By skill</h5>
      <ul>
        {skills.map(({ id, text, lesson, lesson_title }) => {
          const weaker = decisions.filter(({ skill, best }) => skill === id && !best);
          return (
            <li key={id}>
              <Html html={text} />:{" "}
              {weaker.length === 0 ? (
                "well done."
              ) : (
                <>
                  there was something stronger to say. See <Lesson name={lesson} title={lesson_title} />, or go back to where you said:
                  <ul class="iiv-back">
                    {weaker.map(({ id, at, text }) => (
                      <li key={id}>
                        <button type="button" class="iiv-small" onClick={() => rewind(at)} {...ownKeys}>
                          <Html html={text} />
                        </button>
                      </li>
                    ))}
                  </ul>
                </>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** A link in the book; in a notebook the name, for nobody knows where its files are. */
function Lesson({ name, title }: { name: string; title: string }) {
  const root = document.documentElement.dataset["content_root"];
  return root === undefined ? <em>{title}</em> : <a href={`${root}notebooks/${name}.html`} {...ownKeys}>{title}</a>;
}

/** The same path elsewhere: behavior counts as far as the culture lets it through. */
function Elsewhere({ talk, path, earlier }: Omit<EndedProps, "transcript" | "rewind">) {
  const [openness, setOpenness] = useState<number | null>(null);
  const here = play(talk, path, { earlier }).meters;
  const there = openness === null ? null : play(talk, path, { earlier, openness }).meters;
  return (
    <fieldset class="iiv-elsewhere">
      <legend>The same words in another place. How would they have counted in …</legend>
      <p class="iiv-when">The more open a place, the more of what you show comes through there.</p>
      {CULTURES.filter(([other]) => Math.abs(other - talk.openness) >= 0.15).map(([other, name]) => (
        <button key={other} type="button" aria-pressed={openness === other} onClick={() => setOpenness(other)} {...ownKeys}>
          {name}
        </button>
      ))}
      <div role="status">
        {there && (
          <>
            <table>
              <thead>
                <tr>
                  <td />
                  <th scope="col">here</th>
                  <th scope="col">there</th>
                </tr>
              </thead>
              <tbody>
                {METERS.map(([meter, label]) => (
                  <tr key={meter}>
                    <th scope="row">{label}</th>
                    <td>{said(meter, here[meter])}</td>
                    <td>{said(meter, there[meter])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <p>You did the same. What differs is how much of it comes through: part of a result is the place, not you.</p>
          </>
        )}
      </div>
    </fieldset>
  );
}
