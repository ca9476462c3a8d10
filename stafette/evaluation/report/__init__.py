"""The evaluation as a report: fixed chapters, once put together, written as page, PDF and DOCX."""

from stafette.evaluation.report.chapters import report
from stafette.evaluation.report.parts import Chapter, Drawing, Report, TableBlock, Writing

__all__ = ["Chapter", "Drawing", "Report", "TableBlock", "Writing", "report"]
