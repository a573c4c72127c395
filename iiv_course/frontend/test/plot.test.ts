import { describe, expect, it } from "vitest";
import { type Frame, across, hatch, line, ray, steps, up } from "../src/plot";

const frame: Frame = { left: 10, right: 110, top: 0, bottom: 50, x: [0, 2], y: [0, 1] };

describe("places of a plot", () => {
  it("puts the ends of the numbers at the ends of the frame, and upward what is more", () => {
    expect([across(frame, 0), across(frame, 1), across(frame, 2)]).toEqual([10, 60, 110]);
    expect([up(frame, 0), up(frame, 0.25), up(frame, 1)]).toEqual([50, 37.5, 0]);
  });

  it("keeps what is beyond the frame at its edge, endless numbers too", () => {
    expect([across(frame, -1), across(frame, Infinity), up(frame, 7)]).toEqual([10, 110, 0]);
  });

  it("draws a line through points", () => {
    expect(line(frame, [[0, 0], [1, 0.5], [2, 0]])).toBe("M10 50L60 25L110 50");
  });

  it("goes level up to a step and then straight up", () => {
    expect(steps([[0, 1], [1.5, 2], [2.5, 2]])).toEqual([[0, 1], [1.5, 1], [1.5, 2], [2.5, 2], [2.5, 2]]);
  });

  it("ends a steep ray at the top and a flat one at the right", () => {
    expect(ray(frame, 2)).toEqual([[0, 0], [0.5, 1]]);
    expect(ray(frame, 0.25)).toEqual([[0, 0], [2, 0.5]]);
  });

  it("shades with upright lines that stay within, and nothing where there is no room", () => {
    expect(hatch(frame, [0, 0.5], 10)).toBe("M15 0V50M25 0V50");
    expect(hatch(frame, [1, 1], 10)).toBe("");
    expect(hatch(frame, [3, Infinity], 10)).toBe("");
  });
});
