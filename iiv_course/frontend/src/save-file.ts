// Everything that a learner did, as a file among the downloads.
import { writeFile } from "./file";
import type { Host } from "./host";

/** A host that cares whether what it holds is in a file. */
interface Saving extends Host {
  saved?(): void;
}

/** Says what became of it. */
export async function saveFile(host: Saving): Promise<string> {
  const text = writeFile(await host.content(), { book: host.book, kind: "everything" });
  download(`${host.book}-everything.json`, text);
  host.saved?.();
  return "Your answers are in a file in your downloads.";
}

export function download(name: string, text: string, type = "application/json"): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
