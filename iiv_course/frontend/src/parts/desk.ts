// A script of its own in the static book; see `../parts.ts`. It brings its style along.
import { adoptStyle } from "../adopt-style";
import { Desk } from "../desk";
import sheets from "../sheets.css";
import style from "../desk.css";

adoptStyle(sheets + style);
window.iivParts = { ...window.iivParts, desk: Desk };
