declare module "*.css" {
  /** The text of the style, without what a browser need not read. */
  const text: string;
  export default text;
}
