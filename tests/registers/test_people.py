"""The list of a register: who is in it, found and sorted as Russians expect."""

from datetime import date

from flask import Flask

from nastav.pairs.models import Decision, PairState
from nastav.pairs.operations import Closing, close_pair
from nastav.people.models import Kind
from tests.support.cast import Cast
from tests.support.pages import HTMX, PageClient, soup, text_of
from tests.support.queries import statements
from tests.support.registers import registers


def url(cast: Cast, book: str = "mentees", more: str = "") -> str:
    return f"/schools/{cast.boris_school}/{book}{more}"


def shown(client: PageClient, address: str, query: str = "") -> list[str]:
    answer = client.search(address, query) if query else client.get(address)
    return [cell.get_text() for cell in soup(answer).select("tbody th")]


def test_an_empty_register_says_what_to_do_next(cast: Cast, boris: PageClient) -> None:
    answer = boris.get(url(cast))
    assert "В базе пока никого" in text_of(answer)
    assert soup(answer).select_one(".empty a")["href"] == url(cast, more="/import")


def test_the_head_of_an_empty_school_is_offered_nothing_to_enter(
    cast: Cast, galina: PageClient
) -> None:
    page = soup(galina.get(url(cast)))
    assert not page.select("main a.btn")


def test_a_line_shows_number_class_and_the_pair(app: Flask, cast: Cast, boris: PageClient) -> None:
    with registers(app, cast) as school:
        mentee = school.mentee("Птицына Ольга", need="учёба")
        school.pair(school.mentor("Громова Анна", kind=Kind.TEACHER), mentee)
    row = " ".join(soup(boris.get(url(cast))).select_one("tbody tr").get_text(" ").split())
    assert row == "Птицына Ольга 1 Птицына Ольга 7 «А» учёба Громова А. нет согласия 01.09.2020"


def test_the_plan_stands_beside_the_count(app: Flask, cast: Cast, boris: PageClient) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга")
        school.mentee("Молодов Олег", kind=Kind.TEACHER)
    told = text_of(boris.get(url(cast)))
    assert "2 человека, из них учеников 1, план 2020 года — 44" in told
    assert "2 без пары" in told


def test_search_reads_yo_as_ye_and_latin_as_russian(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Семёнов Пётр")
        school.mentee("Новак Олег", letter="Б")
    assert shown(boris, url(cast), "семенов петр") == ["Семёнов Пётр"]
    assert shown(boris, url(cast), "HOBAK") == ["Новак Олег"]  # all Latin
    assert shown(boris, url(cast), "7б") == ["Новак Олег"]
    assert shown(boris, url(cast), "%") == ["Новак Олег", "Семёнов Пётр"]


def test_a_search_for_a_class_does_not_find_a_number(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Агеев Олег", grade=11)
        school.mentee("Новак Олег", grade=1)
    assert shown(boris, url(cast), "1а") == ["Новак Олег"]


def test_classes_sort_by_number_and_names_by_russian_rules(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Яшин Олег", grade=5)
        school.mentee("Ёлкин Олег", grade=10)
        school.mentee("Ежов Олег", grade=5, letter="Б")
    assert shown(boris, url(cast)) == ["Ежов Олег", "Ёлкин Олег", "Яшин Олег"]
    assert shown(boris, url(cast, more="?sort=class")) == ["Яшин Олег", "Ежов Олег", "Ёлкин Олег"]


def test_filters_show_those_without_a_pair_and_those_who_left(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.pair(school.mentor("Громов Юрий"), school.mentee("Парный Олег"))
        school.mentee("Одинокий Олег")
        gone = school.mentee("Ушедший Олег")
    leave = url(cast, more=f"/{gone.participation_id}/leave")
    assert boris.fill(leave, left="08.12.2020", reason="переезд").status_code == 303
    assert shown(boris, url(cast)) == ["Одинокий Олег", "Парный Олег"]
    assert shown(boris, url(cast, more="?show=unpaired")) == ["Одинокий Олег"]
    assert shown(boris, url(cast, more="?show=left")) == ["Ушедший Олег"]


def test_who_finished_is_shown_once_and_not_with_those_in_a_new_pair(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        mentor = school.mentor("Громов Юрий")
        done, again = school.mentee("Готовый Олег"), school.mentee("Снова Олег")
        pair = school.pair(mentor, done, again)
        closing = Closing(date(2020, 12, 1), "цель достигнута", "", Decision.FINISH)
        close_pair(school.actor, pair, closing, met=None, version=pair.version)
        school.pair(mentor, again, started=date(2020, 12, 2))
    card = url(cast, more=f"/{done.participation_id}")
    assert shown(boris, url(cast, more="?show=finished")) == ["Готовый Олег"]
    boris.fill(card + "/leave", left="08.12.2020", reason="переезд")
    assert shown(boris, url(cast, more="?show=finished")) == ["Готовый Олег"]
    boris.fill(card, "/return", joined="09.12.2020")
    assert shown(boris, url(cast, more="?show=finished")) == ["Готовый Олег"]


def test_each_filter_says_how_many_and_keeps_the_search(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.pair(school.mentor("Громов Юрий"), school.mentee("Парный Олег"))
        school.mentee("Одинокий Олег")
    page = soup(boris.search(url(cast, more="?show=unpaired&sort=class"), "один"))
    counters = [" ".join(one.get_text(" ").split()) for one in page.select(".views [id^=show-]")]
    assert counters == [
        "2 в базе", "1 без пары", "2 без согласия", "0 завершили", "0 выбыли", "0 внесены по ошибке",
    ]  # fmt: skip
    assert page.select_one(".views [aria-current]")["id"] == "show-unpaired"
    form = page.select_one("#list-search")
    assert form["action"] == url(cast, more="?show=unpaired&sort=class")
    assert {one["form"] for one in page.select(".views button")} == {form["id"]}
    assert page.select_one("#show-current")["formaction"] == url(
        cast, more="?show=current&sort=class"
    )
    assert page.select_one("#sort-class")["formaction"] == url(
        cast, more="?show=unpaired&sort=-class"
    )


def test_a_class_of_last_year_is_shown_with_its_year(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга", grade=6, class_year=2019)
    assert "6 «А» (2019/20)" in text_of(boris.get(url(cast)))


def test_a_search_fragment_is_the_list_alone_and_says_how_many(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        school.mentee("Птицына Ольга")
    page = soup(boris.search(url(cast), "птиц", headers=HTMX))
    assert page.select_one("h1") is None
    assert page.select_one("[hx-swap-oob$=live]").get_text() == "Найдено: 1"
    assert [cell.get_text() for cell in page.select("tbody th")] == ["Птицына Ольга"]


def test_fifty_people_stand_on_a_page(app: Flask, cast: Cast, boris: PageClient) -> None:
    with registers(app, cast) as school:
        for at in range(101):
            school.mentee(f"Птицын{'абвгдежзик'[at // 10 % 10]}{'абвгдежзик'[at % 10]} Олег{at}")
    assert len(shown(boris, url(cast))) == 50
    assert len(shown(boris, url(cast, more="?page=2"))) == 50
    assert "Показаны 51–100 из 101" in text_of(boris.get(url(cast, more="?page=2")))
    assert len(shown(boris, url(cast, more="?page=99"))) == 1
    assert soup(boris.get(url(cast))).select_one(".pages a")["href"].endswith("&page=2")


def test_sixty_people_cost_as_many_queries_as_three(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    def cost(people: int) -> int:
        with registers(app, cast) as school:
            for at in range(people):
                mentee = school.mentee(
                    f"Птицын{people} Олег{at}", joined=date(2020, 9, people % 28 + 1)
                )
                school.pair(school.mentor(f"Громов{people} Юрий{at}"), mentee)
        boris.get(url(cast))
        with statements() as sent:
            assert boris.get(url(cast)).status_code == 200
        return len(sent)

    assert cost(3) == cost(57)


def test_every_heading_sorts_both_ways_and_says_so(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as school:
        first = school.mentee("Абрамов Олег", grade=9, need="спорт", joined=date(2020, 9, 3))
        school.mentee("Белов Олег", grade=5, need="", joined=date(2020, 9, 2))
        last = school.mentee("Волков Олег", grade=7, need="адаптация", joined=date(2020, 9, 1))
        school.pair(school.mentor("Яшин Юрий"), first)
        school.pair(school.mentor("Агеев Юрий"), last)
    orders = {
        "number": "АБВ", "-number": "ВБА", "name": "АБВ", "-name": "ВБА", "class": "БВА",
        "-class": "АВБ", "need": "ВАБ", "-need": "АВБ", "others": "ВАБ", "-others": "АВБ",
        "joined": "ВБА", "-joined": "АБВ", "nothing": "АБВ",
    }  # fmt: skip
    for sort, names in orders.items():
        page = boris.get(url(cast, more=f"?sort={sort}"))
        assert "".join(th.get_text()[0] for th in soup(page).select("tbody th")) == names, sort
    head = soup(boris.get(url(cast, more="?sort=-class&show=unpaired"))).select_one("[aria-sort]")
    assert head["aria-sort"] == "descending"
    assert head.select_one("a")["href"] == url(cast, more="?show=unpaired&sort=class")


def test_lines_are_filtered_by_class_and_by_form(app: Flask, cast: Cast, boris: PageClient) -> None:
    with registers(app, cast) as school:
        mentee = school.mentee("Парный Олег", grade=5)
        pair = school.pair(school.mentor("Громов Юрий"), mentee)
        form = pair.kind_id
        school.mentee("Одинокий Олег", grade=5)
        school.mentee("Старший Олег", grade=8)
    page = boris.get(url(cast))
    classes = [one["value"] for one in soup(page).select("#class option")]
    assert [one.replace("\xa0", " ") for one in classes] == ["", "5 «А»", "8 «А»"]
    answer = boris.fill(page, "show=current", **{"class": classes[1]})
    assert answer.status_code == 303  # filters alone stand in the address
    assert shown(boris, answer.location) == ["Одинокий Олег", "Парный Олег"]
    assert shown(boris, f"{answer.location}&form={form}") == ["Парный Олег"]
    assert shown(boris, url(cast, more=f"?form={form + 1}")) == []
    assert shown(boris, url(cast, more="?class=99&form=x&sort=%2D")) == []


def test_what_is_missing_is_said_in_its_column(app: Flask, cast: Cast, boris: PageClient) -> None:
    with registers(app, cast) as school:
        mentor = school.mentor("Громов Юрий")
        school.mentee("Одинокий Олег")
        school.pair(mentor, school.mentee("Черновой Олег"), state=PairState.DRAFT)
    told = [one.get_text() for one in soup(boris.get(url(cast))).select("tbody .none")]
    assert told == ["без пары", "нет согласия", "нет согласия"]
    assert "черновик: Громов Ю." in text_of(boris.get(url(cast)))
    assert "нет обучения" in text_of(boris.get(url(cast, "mentors")))


def test_who_works_as_what_they_are_is_told_so_once(
    app: Flask, cast: Cast, boris: PageClient
) -> None:
    with registers(app, cast) as own:
        own.mentor("Алмазова Светлана", kind=Kind.PARENT, post="Родитель")
        own.mentor("Багажова Злата", kind=Kind.PARENT, post="слесарь")
    page = text_of(boris.get(f"/schools/{cast.boris_school}/mentors"))
    assert "родитель, Родитель" not in page
    assert "родитель, слесарь" in page
