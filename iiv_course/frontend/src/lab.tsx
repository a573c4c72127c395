// What both labs are made of: settings that are remembered like an answer, sliders, examples, and a sentence that says
// what changed.
import { useEffect, useRef, useState } from "preact/hooks";
import { ownKeys } from "./answers";
import type { Host } from "./host";
import { type Examples, type Rules, type Settings, type Slide, exampleOf, readSettings } from "./settings";
import { useItemState, useWriting } from "./use-item-state";

export interface LabProps {
  host: Host;
  /** The key of the item that keeps the settings. */
  item: string;
}

/** The settings of a lab and how to change them; they stand in the draft of an item of their own, and are saved at pauses. */
export function useSettings<S extends Settings>(host: Host, key: string, start: S, rules: Rules<S>): [S, (change: Partial<S>) => void] {
  const [state, update] = useItemState(host.model, key);
  const writing = useWriting(state, update);
  const [text, setText] = useState(writing.text);
  // A slider may move again before the last move is drawn.
  const latest = useRef(text);
  const show = (now: string) => {
    latest.current = now;
    setText(now);
  };
  useEffect(() => {
    writing.shown();
    show(writing.text);
  }, [writing.text]);
  const change = (changed: Partial<S>) => {
    const now = JSON.stringify({ ...readSettings(latest.current, start, rules), ...changed });
    show(now);
    writing.input(now);
  };
  return [readSettings(text, start, rules), change];
}

const PAUSE = 500;

/** A sentence about the settings, which follows when they come to rest; `say` is also told what it was said about before. */
export function useSaid<S extends Settings>(settings: S, say: (now: S, before: S) => string): string {
  const before = useRef(settings);
  const [said, setSaid] = useState(() => say(settings, settings));
  useEffect(() => {
    if (JSON.stringify(before.current) === JSON.stringify(settings)) return;
    const timer = setTimeout(() => {
      setSaid(say(settings, before.current));
      before.current = settings;
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [JSON.stringify(settings)]);
  return said;
}

interface SliderProps extends Slide {
  value: number;
  onMove(value: number): void;
  /** In a form that is read. */
  name?: string;
  disabled?: boolean;
}

export function Slider({ label, min, max, step, words, value, onMove, name, disabled }: SliderProps) {
  return (
    <label class="iiv-slider">
      <span>{label}</span> <span class="iiv-slider-value">{words(value)}</span>
      <input
        type="range"
        name={name}
        disabled={disabled}
        min={min}
        max={max}
        step={step}
        value={value}
        aria-label={label}
        aria-valuetext={words(value)}
        onInput={({ currentTarget }) => onMove(Number(currentTarget.value))}
        {...ownKeys}
      />
    </label>
  );
}

interface SlidersProps<S extends Settings> {
  now: S;
  slides: Readonly<Record<string, Slide>>;
  change(settings: Partial<S>): void;
}

export const Sliders = <S extends Settings>({ now, slides, change }: SlidersProps<S>) => (
  <div class="iiv-lab-controls">
    {Object.entries(slides).map(([name, slide]) => (
      <Slider key={name} {...slide} value={now[name] as number} onMove={(value) => change({ [name]: value } as Partial<S>)} />
    ))}
  </div>
);

interface ExamplesProps<S extends Settings> {
  settings: S;
  examples: Examples<S>;
  change(settings: Partial<S>): void;
}

export function ExampleButtons<S extends Settings>({ settings, examples, change }: ExamplesProps<S>) {
  const shown = exampleOf(settings, examples);
  return (
    <div class="iiv-buttons" role="group" aria-label="Examples">
      {Object.entries(examples).map(([name, example]) => (
        <button key={name} type="button" aria-pressed={name === shown} onClick={() => change(example)} {...ownKeys}>
          {name}
        </button>
      ))}
    </div>
  );
}

interface TableProps {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** The first cell names its row. */
export const Table = ({ caption, head, rows }: TableProps) => (
  <div class="iiv-scroll iiv-data" tabIndex={0} role="group" aria-label={caption} {...ownKeys}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((cell) => (
            <th key={cell} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...cells]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {cells.map((cell, i) => (
              <td key={i}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

/** What stands under every figure: what it is worth, and its numbers to unfold. */
export const Numbers = (props: TableProps) => (
  <>
    <p class="iiv-source">So it is in this model. No number here was measured.</p>
    <details>
      <summary {...ownKeys}>The numbers as a table</summary>
      <Table {...props} />
    </details>
  </>
);
