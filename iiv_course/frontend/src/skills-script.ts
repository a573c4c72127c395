// The plot of the self-assessment in the static book, for `labs.ts`.
import { mountSkills } from "./skills-mount";

window.iivSkills = mountSkills;
