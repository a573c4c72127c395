// A script of its own in the static book; see `../parts.ts`. It brings its style along.
import { adoptStyle } from "../adopt-style";
import { Skills } from "../skills";
import style from "../skills.css";

adoptStyle(style);
window.iivParts = { ...window.iivParts, skills: Skills };
