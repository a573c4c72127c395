// Bundles the widgets: spec types from their schema, then iiv.esm.js (what anywidget loads) and iiv.js (the static book).
// `node build.mjs [FOLDER]` writes the bundles to FOLDER, so that a test can compare them with those in git.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "json-schema-to-typescript";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "..", "static");

const schema = JSON.parse(await readFile(join(here, "src", "spec.schema.json"), "utf8"));
// Field titles would each become a named type of their own.
const untitled = (value) => {
  if (Array.isArray(value)) return value.map(untitled);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(key === "title" && typeof inner === "string"))
      .map(([key, inner]) => [key, untitled(inner)]),
  );
};
const types = await compile({ ...untitled(schema), title: "Spec" }, "Spec", {
  additionalProperties: false,
  bannerComment: "// Generated from spec.schema.json by build.mjs; change iiv_course/page/spec.py instead.",
});
await writeFile(join(here, "src", "spec.ts"), types);

const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  target: "es2020",
  jsx: "automatic",
  jsxImportSource: "preact",
  charset: "utf8",
  legalComments: "none",
};
await build({ ...shared, entryPoints: ["src/esm.ts"], format: "esm", outfile: join(out, "iiv.esm.js") });
await build({ ...shared, entryPoints: ["src/page.ts"], format: "iife", outfile: join(out, "iiv.js") });
await build({ ...shared, entryPoints: ["src/iiv.css"], outfile: join(out, "iiv.css") });
