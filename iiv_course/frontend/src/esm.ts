// What anywidget loads in a notebook.
import { mount } from "./app";
import type { Model } from "./model";

export default {
  render: ({ model, el }: { model: Model; el: HTMLElement }) => mount(model, el),
};
