"""Writes the JSON Schemas of banks, specs and workbook files, for editors and TypeScript, from the data types."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter

from iiv_course.items import Bank
from iiv_course.page.spec import Spec
from iiv_course.workbook.content import WorkbookFile

PACKAGE = Path(__file__).resolve().parents[1]


def schemas() -> dict[Path, str]:
    """The text of each generated file by its path."""
    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    bank = {**draft, **Bank.model_json_schema()}
    workbook = {**draft, **WorkbookFile.model_json_schema()}
    spec = TypeAdapter(Spec).json_schema()
    return {
        PACKAGE / "bank" / "schema.json": json.dumps(bank, indent=1) + "\n",
        PACKAGE / "workbook" / "schema.json": json.dumps(workbook, indent=1) + "\n",
        PACKAGE / "frontend" / "src" / "spec.schema.json": json.dumps({"title": "Spec", **spec}, indent=1) + "\n",
    }


if __name__ == "__main__":
    for path, text in schemas().items():
        path.write_text(text, encoding="utf-8")
