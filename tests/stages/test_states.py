"""Every state × action of the school × role, through the pages."""

import pytest

from nastav.stages.models import StageState
from tests.conftest import ClientOf
from tests.stages.stand import Stand
from tests.support.pages import soup

N, P, S, A, R = (
    StageState.NOT_STARTED,
    StageState.IN_PROGRESS,
    StageState.SUBMITTED,
    StageState.ACCEPTED,
    StageState.RETURNED,
)
# action → (what is posted, {state before: state after}); the rest of the states stay as they are
ACTIONS = {
    "/activities/1/edit": ({"status": "in_progress"}, {N: P, P: P, R: R}),
    "/activities/1/documents/new": ({"kind": "Справка"}, {N: P, P: P, R: R}),
    "/submit": ({}, {P: S, R: S}),
    "/withdraw": ({}, {S: P}),
    "/reopening": ({"reason": "Забыли приложение"}, {A: A}),
}
READERS = ("galina", "anna", "gleb")


def data_for(stand: Stand, action: str) -> dict[str, object]:
    sheet = stand.sheet(1)
    row = action.startswith("/activities/1/edit")
    version = sheet.activities[0].version if row else sheet.version
    return {**ACTIONS[action][0], "version": version}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", StageState)
def test_the_curator_moves_a_stage_only_as_the_table_says(
    stand: Stand, client_of: ClientOf, state: StageState, action: str
) -> None:
    stand.put(1, state)
    before = stand.sheet(1)
    confirmed = client_of("boris").get(stand.url(1, "/submit"))
    read = soup(confirmed).select_one("input[name=confirmed]")
    data = data_for(stand, action) | ({"confirmed": str(read["value"])} if read else {})
    answer = client_of("boris").send(stand.url(1, action), data)
    allowed = ACTIONS[action][1]
    after = stand.sheet(1)
    assert after.state is allowed.get(state, state)
    if state in allowed:
        assert answer.status_code == 303
        assert after != before
    else:
        assert answer.status_code in (303, 409, 422)
        assert after == before


@pytest.mark.parametrize("state", StageState)
def test_nobody_else_moves_a_stage(stand: Stand, client_of: ClientOf, state: StageState) -> None:
    stand.put(1, state)
    before = stand.sheet(1)
    for login in READERS:
        client = client_of(login)
        for action in ACTIONS:
            answer = client.send(stand.url(1, action), data_for(stand, action))
            assert answer.status_code == 403, (login, action)
    assert stand.sheet(1) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_the_curator_of_another_school_sees_404(
    stand: Stand, client_of: ClientOf, action: str
) -> None:
    stand.put(1, P)
    before = stand.sheet(1)
    assert client_of("vera").send(stand.url(1, action), data_for(stand, action)).status_code == 404
    assert stand.sheet(1) == before


@pytest.mark.parametrize("state", StageState)
def test_everybody_of_the_school_and_the_district_reads(
    stand: Stand, client_of: ClientOf, state: StageState
) -> None:
    stand.put(1, state)
    pages = ("", "/print", "/history", "/sent", "/activities/1")
    for login in ("boris", *READERS):
        client = client_of(login)
        for page in pages:
            answer = client.get(stand.url(1, page), follow_redirects=True)
            assert answer.status_code == 200, (login, page)
    vera = client_of("vera")
    assert [vera.get(stand.url(1, page)).status_code for page in pages] == [404] * len(pages)


def test_a_stage_that_is_not_there_is_404(stand: Stand, client_of: ClientOf) -> None:
    boris = client_of("boris")
    assert boris.get(stand.url(8)).status_code == 404
    assert boris.get(stand.url(1, "/activities/6/edit")).status_code == 404
    assert boris.get(stand.url(1).replace("/2020/", "/1999/")).status_code == 404
