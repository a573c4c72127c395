/* What Sphinx's search needs to know about this book. Its highlighter stays out, and search only asks for this
   constant: it marks found words by splitting text that the exercises own, reads localStorage unguarded and adds
   a javascript: link. */
const SPHINX_HIGHLIGHT_ENABLED = false;

// A page opened from disk may not fetch another one, so the results are titles there.
DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY &&= location.protocol !== "file:";
