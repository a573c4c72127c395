// The twin of `iiv_course/signaling`, as far as the labs need it; a test holds the two against each other.
export * from "./belief";
export * from "./interview";
export * from "./spence";
