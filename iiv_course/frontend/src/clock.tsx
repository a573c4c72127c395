// A time box: how long is left, without hurry. It says so at half time, five minutes before the end, and at the end; or at
// the one time that counts.
import { useEffect, useRef, useState } from "preact/hooks";
import { ownKeys } from "./answers";

const SECOND = 1000;

const shown = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

interface Props {
  minutes: number;
  label: string;
  /** After so many minutes, in place of half time and five minutes before the end: what to say then. */
  sign?: [minute: number, words: string];
}

export function Clock({ minutes, label, sign }: Props) {
  const whole = minutes * 60;
  const [left, setLeft] = useState(whole);
  /** When it ends, by the machine's own clock, which no change of the time of day moves. */
  const end = useRef<number | null>(null);
  const [runs, setRuns] = useState(false);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (!runs) return undefined;
    const tick = () => {
      const now = Math.max(0, Math.ceil(((end.current ?? 0) - performance.now()) / SECOND));
      setLeft(now);
      if (now === 0) {
        setRuns(false);
        setSaid(`${label}: the ${minutes} minutes are over. What you have will do.`);
      } else if (sign) {
        if (now === whole - sign[0] * 60) setSaid(sign[1]);
      } else if (now === 300 && minutes > 5) setSaid(`${label}: five minutes left.`);
      else if (now === Math.floor(whole / 2) && minutes > 10) setSaid(`${label}: half of the time is left.`);
    };
    const timer = setInterval(tick, SECOND / 2);
    return () => clearInterval(timer);
  }, [runs]);
  const start = () => {
    const from = left || whole;
    setLeft(from);
    end.current = performance.now() + from * SECOND;
    setSaid("");
    setRuns(true);
  };
  return (
    <p class="iiv-clock">
      <span role="timer" aria-label={`${label}: time left`}>
        {shown(left)}
      </span>{" "}
      <button type="button" onClick={runs ? () => setRuns(false) : start} {...ownKeys}>
        {runs ? "Pause" : left < whole && left > 0 ? "Go on" : `Start ${minutes} minutes`}
      </button>
      {left < whole && !runs && (
        <button type="button" onClick={() => (setLeft(whole), setSaid(""))} {...ownKeys}>
          Set back
        </button>
      )}
      <span role="status">{said}</span>
    </p>
  );
}
