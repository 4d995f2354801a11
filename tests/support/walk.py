"""A walk through the site by its links, each kind of page opened once."""

from urllib.parse import urljoin, urlsplit

from werkzeug.exceptions import HTTPException

from tests.support.pages import PageClient, having, soup


def open_every_page(client: PageClient, start: str = "/") -> dict[str, int]:
    """Follow the links of every page from the first one; return endpoint → the status it answered.

    A link to an endpoint that was opened before is left alone: one school's sheet stands for all.
    """
    adapter = client.application.url_map.bind("localhost")
    seen: dict[str, int] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop(0)
        try:
            endpoint, _ = adapter.match(urlsplit(path).path, method="GET")
        except HTTPException:
            continue
        if endpoint in seen or endpoint == "static":
            continue
        answer = client.get(path)
        seen[endpoint] = answer.status_code
        if answer.status_code in (301, 302, 303):
            waiting.insert(0, urljoin(path, answer.location))
        elif answer.mimetype == "text/html":
            links = [tag for tag in having(soup(answer), "href") if tag.name == "a"]
            waiting += [urljoin(path, str(link["href"])) for link in links]
    return seen
