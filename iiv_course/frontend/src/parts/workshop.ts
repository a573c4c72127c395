// A script of its own in the static book; see `../parts.ts`. It brings its style along.
import { adoptStyle } from "../adopt-style";
import { Workshop } from "../workshop";
import sheets from "../sheets.css";
import style from "../workshop.css";

adoptStyle(sheets + style);
window.iivParts = { ...window.iivParts, workshop: Workshop };
