"""All members' savings statements of a year, as one download."""

from typing import Any

from app.jobs.models import Job
from app.savings.statement_paper import bundle
from tasks.base import Report


def statements(job: Job, report: Report) -> dict[str, Any]:
    """Print them all; the file is kept, and the job knows which it is."""
    kept, printed = bundle(int(job.arguments["year"]), report)
    return {"printed": printed, "download": kept.id, "size": kept.size}
