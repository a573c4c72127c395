// A script of its own in the static book; see `../parts.ts`. It brings its style along.
import { adoptStyle } from "../adopt-style";
import { Sheet } from "../sheet-page";
import style from "../workshop.css";

adoptStyle(style);
window.iivParts = { ...window.iivParts, sheet: Sheet };
