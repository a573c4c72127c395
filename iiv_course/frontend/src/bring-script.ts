// What brings a file back at the foot of a page of the static book, for `labs.ts`.
import { BringBack } from "./bring-back";

window.iivBring = BringBack;
