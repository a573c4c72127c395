// What anywidget loads in a notebook.
import { mount } from "./app";
import type { Model } from "./model";

export default {
  render: ({ model, el }: { model: Model; el: HTMLElement }) => {
    el.addEventListener("click", besides);
    return mount(model, el);
  },
};

/** A link followed in the same tab would take JupyterLab away with all that is not saved. */
function besides(event: Event) {
  const link = event.target instanceof Element && event.target.closest("a");
  if (!link) return;
  link.target = "_blank";
  link.rel = "noopener";
}
