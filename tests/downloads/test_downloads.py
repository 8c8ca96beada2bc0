"""Files that wait to be fetched."""

import io
from datetime import timedelta

import pytest

from app.core import clock
from app.downloads import services as downloads
from app.extensions import db
from tasks.downloads import delete_expired_everywhere
from tenants.definitions import Key
from tenants.settings import decide

CONTENT = bytes(range(256)) * (downloads.PIECE // 256) + b"the rest"


@pytest.fixture
def kept(scope, coop):
    with scope(coop):
        kept = downloads.keep(io.BytesIO(CONTENT), name="a.zip", mime="application/zip")
        db.session.commit()
        return kept.id


def test_a_file_comes_out_as_it_went_in_piece_by_piece(scope, coop, kept):
    with scope(coop):
        pieces = list(downloads.pieces(kept))

        assert [len(piece) for piece in pieces] == [downloads.PIECE, 8]
        assert b"".join(pieces) == CONTENT
        assert downloads.find(kept).size == len(CONTENT)


def test_it_is_kept_for_as_long_as_the_cooperative_decides(scope, coop):
    with scope(coop):
        decide(Key.DOWNLOAD_DAYS, 3, from_date=clock.today())
        kept = downloads.keep(io.BytesIO(b"x"), name="x", mime="text/plain")

        assert kept.expires_on == clock.today() + timedelta(days=3)


def test_another_cooperative_does_not_find_it(scope, coop, other_coop, kept):
    with scope(other_coop):
        assert downloads.find(kept) is None
        assert list(downloads.pieces(kept)) == []


def test_by_night_what_has_expired_is_deleted_everywhere(scope, coop, kept, monkeypatch):
    today = clock.today()
    assert delete_expired_everywhere() == 0

    monkeypatch.setattr(clock, "today", lambda: today + timedelta(days=400))
    assert delete_expired_everywhere() == 1
    assert delete_expired_everywhere() == 0
    monkeypatch.undo()
    with scope(coop):
        assert downloads.find(kept) is None
        assert list(downloads.pieces(kept)) == []


def test_what_has_expired_is_out_of_reach_before_the_night(scope, coop, kept, monkeypatch):
    with scope(coop):
        last = downloads.find(kept).expires_on
        monkeypatch.setattr(clock, "today", lambda: last)

        assert downloads.find(kept) is None
