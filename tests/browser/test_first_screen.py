"""What a page is for stands on its first screen, and its right side is not left empty."""

import pytest
from flask import Flask

from tests.browser.conftest import Visit
from tests.feedback.sheets import enter
from tests.support.cast import Cast
from tests.support.registers import registers

pytestmark = pytest.mark.browser


@pytest.fixture
def own(app: Flask, cast: Cast) -> str:
    """Return the address of Борис's school with a group of two."""
    with registers(app, cast) as school:
        leader = school.mentor("Окунькова Яна Викторовна", grade=11)
        both = [school.mentee(name) for name in ("Башмачников Максим", "Фонарикова Вера")]
        school.pair(leader, *both, role_model="успевающий – неуспевающий")
    return f"/schools/{cast.boris_school}"


@pytest.mark.parametrize(("size", "lowest"), [((1366, 768), 440), ((360, 740), 680)])
def test_the_meeting_of_a_group_of_two_is_saved_on_the_first_screen(
    visit: Visit, own: str, size: tuple[int, int], lowest: int
) -> None:
    """The strip with the site's day takes 25 px of it."""
    boris = visit("boris", width=size[0], height=size[1])
    boris.open(f"{own}/2020/pairs/1")
    box = boris.page.locator("#add-meeting").bounding_box()
    assert box
    assert box["y"] + box["height"] <= lowest


def test_fields_of_a_meeting_keep_one_baseline(visit: Visit, own: str) -> None:
    boris = visit("boris")
    boris.open(f"{own}/2020/pairs/1")
    boxes = [one.bounding_box() for one in boris.page.locator(".meet .line .input").all()]
    assert len({box["y"] for box in boxes if box}) == 1


def test_what_is_rare_unfolds_and_closes_a_pair(visit: Visit, own: str) -> None:
    boris = visit("boris", width=360, height=740)
    boris.open(f"{own}/2020/pairs/1")
    boris.click("#pair-more")
    boris.press("Завершить группу")
    assert "Завершить группу" in boris.page.title()


# how many lines of text reach into the right third of the first screen, the page's head left out
REACHED = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const tops = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.textContent.trim() || node.parentElement.closest(".page-head, .toolbar")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      const isRight = line.width > 1 && line.right > innerWidth * 2 / 3;
      if (isRight && line.top < innerHeight) tops.add(Math.round(line.top));
    }
  }
  return tops.size;
}"""


@pytest.mark.parametrize(
    "page", ["/2020/pairs/1", "/mentees/2", "/mentors/1", "/2020/feedback", "/coverage/2020"]
)
def test_the_right_third_of_a_page_is_not_empty(
    app: Flask, cast: Cast, visit: Visit, own: str, page: str
) -> None:
    enter(app, cast, 9, 9, 9, 9, 9)
    boris = visit("boris")
    boris.open(own + page)
    assert boris.page.evaluate(REACHED) >= 4
