// A script of its own in the static book; see `../parts.ts`.
import { Skills } from "../skills";

window.iivParts = { ...window.iivParts, skills: Skills };
