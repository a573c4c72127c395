// A script of its own in the static book; see `../parts.ts`. It brings its style along.
import { adoptStyle } from "../adopt-style";
import { Labs, exploreLab } from "../labs";
import style from "../labs.css";

adoptStyle(style);
window.iivParts = { ...window.iivParts, labs: Labs };
window.iivExploreLab = exploreLab;
