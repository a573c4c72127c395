// What anywidget loads in a notebook, and what JupyterLab needs so that keys and links stay with the exercise.
import { mount } from "./app";
import type { Model } from "./model";

export default {
  render: ({ model, el }: { model: Model; el: HTMLElement }) => {
    el.addEventListener("beforeinput", keep, true);
    el.addEventListener("keydown", save);
    el.addEventListener("click", besides);
    return mount(model, el);
  },
};

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
