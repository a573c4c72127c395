// What looks over the whole course in the static book, for `labs.ts`.
import { mountDesk } from "./desk-mount";

window.iivDesk = mountDesk;
