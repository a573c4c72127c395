// A script of its own in the static book; see `../parts.ts`.
import { Desk } from "../desk";

window.iivParts = { ...window.iivParts, desk: Desk };
