// What anywidget loads in a notebook: the host, and what JupyterLab needs so that keys and links stay with the exercise.
import { type View, mount } from "./app";
import { type LiveModel, liveHost } from "./live";

/** The widget that shows with `view` what it is told. */
export const widget = (view: View) => ({
  render: ({ model, el }: { model: LiveModel; el: HTMLElement }) => {
    el.addEventListener("beforeinput", keep, true);
    el.addEventListener("keydown", save);
    el.addEventListener("click", besides);
    const exercise = document.createElement("div");
    // There before it has words, so that they are heard.
    const status = document.createElement("p");
    status.className = "iiv-saving";
    status.setAttribute("role", "status");
    el.append(exercise, status);
    const host = liveHost(model, el, (words) => {
      if (status.textContent !== words) status.textContent = words;
    });
    const takeAway = mount(view, host, exercise);
    return () => {
      // Taken away first: a text saves itself when it goes.
      takeAway();
      host.stop();
    };
  },
});

/** JupyterLab listens on the field itself and cancels line breaks and undo: no new line in a text, no Enter in a field. */
const keep = (event: Event) => event.stopPropagation();

/** Controls hide their keys from JupyterLab, this one too; without it the browser would offer to save the page. */
function save(event: KeyboardEvent) {
  if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.target === event.currentTarget) return;
  event.preventDefault();
  event.currentTarget?.dispatchEvent(new KeyboardEvent("keydown", event));
}

/** A link followed in the same tab would take JupyterLab away with all that is not saved. */
function besides(event: Event) {
  const link = event.target instanceof Element && event.target.closest("a");
  if (!link) return;
  link.target = "_blank";
  link.rel = "noopener";
}
