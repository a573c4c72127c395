// Plays the conversations on standard input with the frontend's own engine; the transcripts go to standard output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const frontend = new URL("../../iiv_course/frontend/", import.meta.url);
const { buildSync } = createRequire(new URL("package.json", frontend))("esbuild");
const { outputFiles } = buildSync({
  entryPoints: [fileURLToPath(new URL("src/scenario.ts", frontend))], bundle: true, format: "esm", write: false,
});
const { END, WORDS, play, word } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);

/** The transcript, or the name of the error. */
const played = (conversation, choices, replay) => {
  try {
    return play(conversation, choices, replay);
  } catch (error) {
    return error.name;
  }
};

/** All ways through a conversation, found by playing it. */
function* walked(conversation, choices = []) {
  const { scene } = play(conversation, choices);
  if (scene === null) yield choices;
  else
    for (const { id } of conversation.scenes.find((each) => each.id === scene).choices)
      yield* walked(conversation, [...choices, id]);
}

const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify({
  plays: asked.plays.map(([at, choices, replay]) => played(asked.conversations[at], choices, replay)),
  walks: asked.walks.map(([at, replays]) =>
    [...walked(asked.conversations[at])].map((path) => replays.map((replay) => play(asked.conversations[at], path, replay)))),
  words: asked.words.map(word),
  all: { words: WORDS, end: END },
}));
