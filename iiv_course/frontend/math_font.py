"""Cuts `iiv-math.woff2` out of STIX Two Math (SIL Open Font License); to be run by hand where the set changes.

npm install @fontsource/stix-two-math@5.3.0 && pip install fonttools==4.68.0 brotli==1.2.1
python math_font.py node_modules/@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2 OUT
"""

import sys

# Greek capitals are upright in TeX, and small Greek letters are set in italics; those that look Latin have no command.
LETTERS = (
    "20-7E,A0,A8,AC,AF,B1,B4,B7,D7,F7,302,303,210E,2112,2115,2119,211D,2124,1D434-1D467,"
    "393,394,398,39B,39E,3A0,3A3,3A5,3A6,3A8,3A9,1D6FB-1D71B"
)
SIGNS = (
    "2009,2013,2014,2015,2016,2026,2032,203E,20D7,2190-2194,21A6,21D2,21D4,2200,2202,2203,2205-2209,220F,2211,2212,"
    "2215,2218,221A,221D,221E,2223,2225,2227-222B,223C,2248,2260,2261,2264-2267,226A,226B,227A,227B,2282,2283,2286,"
    "2287,22C0-22C3,22C5,22EE,22EF,22F1,23DE,23DF,27E8,27E9,2A7D,2A7E"
)
KEPT_SIZES = (0, 1, 3, 6, 12)
"""Of the thirteen sizes of a bracket; braces that must be taller are put together from parts."""


def main(source: str, target: str) -> None:
    # Not among what the project installs: a font is cut once in a long while.
    from fontTools.subset import Options, Subsetter, load_font, parse_unicodes, save_font

    options = Options(layout_features=[], hinting=False, flavor="woff2")
    options.drop_tables += ["GDEF", "GPOS", "GSUB"]
    font = load_font(source, options)
    variants = font["MATH"].table.MathVariants
    for construction in variants.VertGlyphConstruction + variants.HorizGlyphConstruction:
        sizes = construction.MathGlyphVariantRecord
        if len(sizes) > len(KEPT_SIZES):
            construction.MathGlyphVariantRecord = [sizes[i] for i in KEPT_SIZES if i < len(sizes)]
            construction.VariantCount = len(construction.MathGlyphVariantRecord)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(f"{LETTERS},{SIGNS}"))
    subsetter.subset(font)
    save_font(font, target, options)


if __name__ == "__main__":
    main(*sys.argv[1:])
