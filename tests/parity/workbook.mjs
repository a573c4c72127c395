// Reads, merges and writes workbooks with the frontend's own code: a list of calls comes in, the list of answers goes out.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const frontend = new URL("../../iiv_course/frontend/", import.meta.url);
const { buildSync } = createRequire(new URL("package.json", frontend))("esbuild");
const { outputFiles } = buildSync({
  stdin: { contents: 'export * from "./file"; export * from "./merge"; export * from "./ids";', resolveDir: fileURLToPath(new URL("src", frontend)) },
  bundle: true, format: "esm", write: false,
});
const bundle = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
const { FileError, answersOnly, canonical, erase, fileFacts, merge, newId, readFile, refuseTooMuch, version, writeFile } = bundle;

const calls = {
  merge: (a, b) => canonical(merge(a, b)),
  erase: (content) => canonical(erase(content)),
  answers: (content, types) => canonical(answersOnly(content, new Map(Object.entries(types)))),
  write: (content, book, kind) => writeFile(content, { book, kind }),
  read: (text, book) => canonical(readFile(text, book)),
  facts: (text, book) => fileFacts(text, book),
  tooMuch: (content, book) => refuseTooMuch(content, book),
  // What a page does next with an item of a file: an answer, and a text in place of those that stand there; and its file.
  goOn: (text, book, key) => {
    const content = readFile(text, book);
    const answered = content.items[key];
    const at = "2026-11-24T12:00:00.000Z";
    const given = { rev: "00000000", round: 1, at, response: null, score: null, hints: 0, revealed: false, confidence: null };
    const attempts = [...answered.attempts, { id: newId(answered), ...given }];
    const written = { ...answered, attempts, draft: [...answered.draft, version({ ...answered, attempts }, "gone on")] };
    return writeFile(merge(content, { items: { [key]: written }, erased: [] }), { book, kind: "everything" });
  },
  // A file on its way into a workbook that exists, which must not change under it.
  bring: (base64, book, into) => {
    const read = readFile(Buffer.from(base64, "base64"), book);
    const before = canonical(into);
    const merged = canonical(merge(into, read));
    if (canonical(into) !== before) throw new Error("merging changed what was merged");
    return merged;
  },
};

const ordinary = Object.getOwnPropertyNames(Object.prototype).join();
const answers = JSON.parse(readFileSync(0, "utf8")).map(([call, ...given]) => {
  try {
    return { value: calls[call](...given) };
  } catch (error) {
    return error instanceof FileError ? { place: error.place, says: error.message } : { crash: String(error?.stack) };
  }
});
const touched = "__pwned" in globalThis || Object.getOwnPropertyNames(Object.prototype).join() !== ordinary;
process.stdout.write(JSON.stringify({ answers, touched }));
