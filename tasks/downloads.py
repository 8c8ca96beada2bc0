"""By night: files that nobody needs any more are deleted."""

from celery import shared_task

from app.downloads import services as downloads
from app.extensions import db
from tasks.base import flask_app
from tenants.queries import all_tenants
from tenants.scope import tenant_scope


@shared_task  # type: ignore[untyped-decorator]
def delete_expired_everywhere() -> int:
    """In every cooperative, suspended ones too; a night that was missed is made up the next."""
    deleted = 0
    with flask_app().app_context():
        for tenant in all_tenants():
            with tenant_scope(tenant):
                deleted += downloads.delete_expired()
                db.session.commit()
    return deleted
