// A script of its own in the static book; see `../parts.ts`.
import { Labs, exploreLab } from "../labs";

window.iivParts = { ...window.iivParts, labs: Labs };
window.iivExploreLab = exploreLab;
