// Exercises in a notebook. Every widget carries its script along, so this one holds no more than they need.
import { Lesson } from "./app";
import { widget } from "./esm";

export default widget(Lesson);
