// A script of its own in the static book; see `../parts.ts`. It brings its style along.
import { adoptStyle } from "../adopt-style";
import type { LaterProps } from "../later";
import { Talk } from "../talk";
import style from "../talk.css";

adoptStyle(style);
window.iivParts = {
  ...window.iivParts,
  talk: ({ item, ...rest }: LaterProps) => (item.type === "conversation" ? Talk({ item, ...rest }) : null),
};
