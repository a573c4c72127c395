"""For every test: what is answered in a kernel is thrown away, so that nobody's own workbook is touched."""

import os

os.environ["IIV_WORKBOOK"] = ":memory:"
