// A script of its own in the static book; see `../parts.ts`. It brings its style along.
import { Workshop } from "../workshop";
import { adoptStyle } from "../workshop-style";

adoptStyle();
window.iivParts = { ...window.iivParts, workshop: Workshop };
