// Plots as SVG: numbers to places, lines, steps and shadings as pure functions, and axes. What they mean is said elsewhere.
import type { ComponentChildren } from "preact";

export type Point = readonly [x: number, y: number];

/** Where the numbers from `x[0]` to `x[1]` and from `y[0]` to `y[1]` are drawn. */
export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: Point;
  y: Point;
}

/** All plots are that wide in their own units, and as wide on screen as there is room for. */
export const WIDTH = 340;

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Beyond the frame is its edge. */
const share = (value: number, [from, to]: Point): number => Math.min(Math.max((value - from) / (to - from), 0), 1);

export const across = (frame: Frame, x: number): number =>
  rounded(frame.left + share(x, frame.x) * (frame.right - frame.left));

export const up = (frame: Frame, y: number): number =>
  rounded(frame.bottom - share(y, frame.y) * (frame.bottom - frame.top));

/** A line through points. */
export const line = (frame: Frame, points: readonly Point[]): string =>
  points.map(([x, y], i) => `${i ? "L" : "M"}${across(frame, x)} ${up(frame, y)}`).join("");

/** The points of a step: level up to each next point, then straight up or down to it. */
export const steps = (points: readonly Point[]): Point[] =>
  points.flatMap((point, i): Point[] => {
    const before = points[i - 1];
    return before ? [[point[0], before[1]], point] : [point];
  });

/** A ray from the origin, up to where it leaves the frame. */
export const ray = ({ x, y }: Frame, slope: number): Point[] => {
  const end = slope * x[1] > y[1] ? y[1] / slope : x[1];
  return [
    [0, 0],
    [end, slope * end],
  ];
};

/** Upright lines between two numbers, so many units apart: a shading that needs no color. */
export function hatch(frame: Frame, [from, to]: Point, apart: number): string {
  const [start, end] = [across(frame, from), across(frame, to)];
  const count = Math.max(Math.ceil((end - start) / apart - 0.5), 0);
  return Array.from({ length: count }, (_, i) => `M${rounded(start + (i + 0.5) * apart)} ${frame.top}V${frame.bottom}`).join("");
}

interface PlotProps {
  /** Says what is seen to those who do not see it. */
  label: string;
  height: number;
  children: ComponentChildren;
}

export const Plot = ({ label, height, children }: PlotProps) => (
  <svg class="iiv-plot" viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label} focusable="false">
    {children}
  </svg>
);

interface AxesProps {
  frame: Frame;
  xTicks: readonly number[];
  yTicks: readonly number[];
  /** Stand under the right end, and above the upper end. */
  xLabel?: string;
  yLabel?: string;
}

export const Axes = ({ frame, xTicks, yTicks, xLabel, yLabel }: AxesProps) => (
  <>
    <path class="iiv-plot-axis" d={`M${frame.left} ${frame.top}V${frame.bottom}H${frame.right}`} />
    {xTicks.map((tick) => (
      <text key={tick} x={across(frame, tick)} y={frame.bottom + 14} text-anchor="middle">
        {tick}
      </text>
    ))}
    {yTicks.map((tick) => (
      <text key={tick} x={frame.left - 5} y={up(frame, tick) + 4} text-anchor="end">
        {tick}
      </text>
    ))}
    {xLabel && (
      <text x={frame.right} y={frame.bottom + 29} text-anchor="end">
        {xLabel}
      </text>
    )}
    {yLabel && (
      <text x={0} y={frame.top - 8}>
        {yLabel}
      </text>
    )}
  </>
);
