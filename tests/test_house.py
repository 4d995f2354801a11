"""The house itself: the database rules, the door, forged requests."""

from tests.support.pages import PageClient


def test_healthz_answers_without_a_session(nobody: PageClient) -> None:
    assert nobody.get("/healthz").get_json() == {"status": "ok"}


def test_a_page_leads_nobody_to_the_sign_in(nobody: PageClient) -> None:
    answer = nobody.get("/csrf")
    assert answer.status_code == 302
    assert answer.location == "/login?next=/csrf"


def test_a_missing_page_answers_in_russian(anna: PageClient) -> None:
    answer = anna.get("/no/such/page")
    assert answer.status_code == 404
    assert "Страница не найдена" in answer.get_data(as_text=True)
