"""The invented districts beside the demo's own say nothing of the order's own district."""

from dataclasses import asdict

from nastav.demo.neighbours import invented
from nastav.district.signing import signer
from nastav.orders import loader


def test_an_invented_order_names_its_own_district_and_prints_no_totals_of_another() -> None:
    order = invented(loader.load(), 1)
    kept = {key: value for key, value in asdict(order).items() if key not in ("place", "duties")}
    assert "Калининский" not in str(kept)
    assert "Заречный район" in order.issuer
    assert order.plan_years
    for year in order.plan_years:
        assert (year.printed_mentees, year.printed_mentors) == (None, None)
    assert order.totals_note == ""
    assert signer(order.signed_by) == ("Начальник управления", "")
