"""The queue's side of `app.jobs`: doing a job, and taking up those that were lost."""

from celery import shared_task

from app.extensions import db
from app.jobs import services as jobs
from tasks import assets, dues, ledger, members, statements, supervision
from tasks.base import Handler, flask_app, work

HANDLERS: dict[str, Handler] = {
    "supervision.report": supervision.report,
    "assets.depreciation": assets.depreciate,
    "dues.accrual": dues.accrual,
    "ledger.seal": ledger.seal,
    "members.import": members.enter_list,
    "savings.statements": statements.statements,
}


@shared_task  # type: ignore[untyped-decorator]
def run(job_id: int) -> None:
    """Do one job. Told twice, it is done once."""
    work(job_id, HANDLERS)


@shared_task  # type: ignore[untyped-decorator]
def sweep() -> int:
    """Tell the queue again of every job that is waiting or silent; return how many.

    Also writes down the accrual and the report of today where the night was missed, in this
    order: the figures follow the bills.
    """
    with flask_app().app_context():
        dues.plan()
        supervision.plan()
        jobs.give_up()
        found = [job.id for job in jobs.overdue()]
        db.session.commit()
    for job_id in found:
        run.delay(job_id)
    return len(found)
