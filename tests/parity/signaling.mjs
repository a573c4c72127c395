// Plays the games on standard input with the frontend's own model; the answers go to standard output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const frontend = new URL("../../iiv_course/frontend/", import.meta.url);
const { buildSync } = createRequire(new URL("package.json", frontend))("esbuild");
const { outputFiles } = buildSync({
  entryPoints: [fileURLToPath(new URL("src/signaling/index.ts", frontend))], bundle: true, format: "esm", write: false,
});
const model = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

const asked = JSON.parse(readFileSync(0, "utf8"));
const answers = {
  spence: asked.spence.map(({ game, threshold }) => ({
    ranges: model.EQUILIBRIA.map((each) => model.thresholdRange(game, each)),
    wages: model.EQUILIBRIA.map((each) => model.wages(game, each)),
    equilibria: model.equilibria(game, threshold),
    choices: model.EQUILIBRIA.map((each) => model.choices(game, each, threshold)),
    noSignal: model.noSignal(game),
    someInvest: model.someInvest(game, threshold),
  })),
  interview: asked.interview.map(({ game, effort }) => ({
    breaks: model.breaks(game),
    window: model.separatingWindow(game),
    regime: model.regime(game, effort),
  })),
  cues: asked.cues.map(({ prior, seen, rates }) => model.trustAfter(prior, seen, rates)),
  learning: asked.learning.map((given) => model.conversationsNeeded(...given)),
  defaults: model.RATES,
};
// JSON has no other numbers than finite ones.
const named = (_, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value);
process.stdout.write(JSON.stringify(answers, named));
