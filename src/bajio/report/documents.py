"""The document of any answer, by what the answer is."""

from importlib import import_module
from types import MappingProxyType
from typing import Any

from bajio.report.records import Record, Voice
from bajio.report.reports import Document

#: What makes the document of an answer, by the answer's class, which stays unloaded.
_ADAPTORS = MappingProxyType(
    {
        "Audit": ("audit_report", "audit_report"),
        "Comparison": ("comparison_report", "comparison_report"),
        "Decomposition": ("decomposition_report", "decomposition_report"),
        "Difference": ("difference_report", "difference_report"),
        "Explanation": ("explanation_report", "explanation_report"),
        "Profile": ("profile_report", "profile_report"),
        "Revision": ("revision_report", "revision_report"),
        "Scores": ("composite_report", "composite_report"),
        "Search": ("search_report", "search_report"),
        "Sensitivity": ("sensitivity_report", "sensitivity_report"),
        "Specialisations": ("specialisation_report", "specialisations_report"),
        "Timeline": ("comparison_report", "series_report"),
    }
)
#: What holds an answer that is a part of others, and has no document of its own.
_RECORDS = MappingProxyType(
    {
        "Breakdown": ("breakdown_report", "BREAKDOWN"),
        "Bulk": ("bulk_report", "BULK"),
        "BulkResult": ("bulk_report", "BULK_RESULT"),
        "BulkTable": ("bulk_report", "BULK_TABLE"),
        "Finding": ("audit_report", "FINDING_RECORD"),
        "Rank": ("kinds", "RANK"),
        "Result": ("kinds", "RESULT"),
    }
)


def document_of(answer: Any) -> Document:
    """The document of an answer, ready for any format."""
    document: Document = _named(*_ADAPTORS[type(answer).__name__])(answer)
    return document


def data_of(answer: Any) -> Any:
    """What JSON holds of an answer."""
    name = type(answer).__name__
    if name not in _RECORDS:
        return document_of(answer).data()
    record: Record = _named(*_RECORDS[name])
    return record.data(answer, Voice())


def _named(module: str, name: str) -> Any:
    return getattr(import_module(f"bajio.report.{module}"), name)
