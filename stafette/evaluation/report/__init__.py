"""The evaluation as a report: fixed chapters, once put together, written as page, PDF and DOCX."""

from stafette.evaluation.report.chapters import report
from stafette.evaluation.report.parts import Bullets, Chapter, Drawing, Paragraph, Report, TableBlock, Writing

__all__ = ["Bullets", "Chapter", "Drawing", "Paragraph", "Report", "TableBlock", "Writing", "report"]
