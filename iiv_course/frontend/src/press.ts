// A press counts only where it begins and ends on the same thing. What would move the page waits until it is over.

let down = false;
const waiting = new Set<() => void>();

function up(): void {
  down = false;
  for (const act of waiting) act();
  waiting.clear();
}

addEventListener("mousedown", () => void (down = true), true);
// Before the click: a button that saves a file finds in it what was written a moment ago. The others end a press that has no end.
for (const event of ["mouseup", "dragend", "contextmenu", "keydown"]) addEventListener(event, up, true);

/** Now, or when what is being pressed was let go. */
export function afterPress(act: () => void): void {
  if (down) waiting.add(act);
  else act();
}
