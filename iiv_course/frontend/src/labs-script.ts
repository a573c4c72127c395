// The labs of the static book, for `labs.ts`.
import { mountLab } from "./lab-mount";

window.iivLabs = mountLab;
