// A script of its own in the static book; see `../parts.ts`.
import { BringBack } from "../bring-back";

window.iivParts = { ...window.iivParts, bring: BringBack };
