// Reviews the drafts on standard input with the frontend's own engine; the findings go to standard output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const frontend = new URL("../../iiv_course/frontend/", import.meta.url);
const { buildSync } = createRequire(new URL("package.json", frontend))("esbuild");
const { outputFiles } = buildSync({
  entryPoints: [fileURLToPath(new URL("src/drafts.ts", frontend))], bundle: true, format: "esm", write: false,
});
const { reviewer } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

const { rules, drafts, timed } = JSON.parse(readFileSync(0, "utf8"));
const reviewers = Object.fromEntries(Object.entries(rules).map(([kind, each]) => [kind, reviewer(each)]));
const review = (kind, text) => (reviewers[kind] ?? reviewers.question)(kind, text);
/** The best of three runs, in milliseconds. */
const time = ([kind, text]) => Math.min(...[1, 2, 3].map(() => {
  const begun = performance.now();
  review(kind, text);
  return performance.now() - begun;
}));
const refused = (kind, text) => {
  try {
    return review(kind, text) && "";
  } catch (error) {
    return error.name;
  }
};
process.stdout.write(JSON.stringify({
  findings: drafts.map(([kind, text]) => review(kind, text)),
  times: timed.map(time),
  refused: [refused("questions", "Why?"), refused("question", "a".repeat(20_001)), refused("question", "🙂".repeat(20_000))],
}));
