"""`python -m iiv_course` is the command `iiv`."""

from iiv_course.cli import main

main()
