"""Whose request it is behind a proxy: the address of the person, and not of nginx or Caddy.

A proxy adds the address it was asked from at the end of `X-Forwarded-For`. Anybody may send that header,
so it counts only from a peer named in `TRUSTED_PROXIES`, and only as far back as trusted proxies wrote it.
"""

from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def networks(setting: object) -> tuple[Network, ...]:
    """Return the networks of a setting: a list, or one text with commas or blanks between them.

    Raises:
        ValueError: a Russian sentence that names what is no address and no network.
    """
    parts = setting if isinstance(setting, list | tuple) else str(setting).replace(",", " ").split()
    found = []
    for part in parts:
        try:
            found.append(ip_network(str(part).strip()))
        except ValueError:
            raise ValueError(
                f"NASTAV_TRUSTED_PROXIES: «{part}» — не адрес и не сеть. "
                "Нужно, например, 127.0.0.1 или 10.0.0.0/24; несколько — через запятую."
            ) from None
    return tuple(found)


def is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    """Tell whether an address belongs to one of the networks; what is no address does not."""
    parsed = _parsed(address)
    return parsed is not None and any(parsed in network for network in trusted)


def person(peer: str, forwarded: str, trusted: Sequence[Network]) -> str:
    """Return the address a request came from: the rightmost one that is no trusted proxy.

    Args:
        peer: who opened the connection.
        forwarded: the header, all its lines joined with commas.
        trusted: networks of the proxies.
    """
    found = peer
    for hop in reversed(forwarded.split(",")):
        if not is_trusted(found, trusted):
            break
        address = _parsed(hop)
        if address is None:  # written by nobody we know: what stands before it may be anything
            break
        found = str(address)
    return found


def _parsed(text: str) -> Address | None:
    """Return the address in «10.0.0.7», «10.0.0.7:4711», «::1» or «[::1]:4711», or None."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class BehindProxies:
    """A WSGI application that sees the person's address as REMOTE_ADDR, and whether he asked by HTTPS."""

    def __init__(self, app: Wsgi, trusted: Sequence[Network]) -> None:
        self._app = app
        self._trusted = trusted

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request as if the person had asked without proxies."""
        peer, forwarded = environ.get("REMOTE_ADDR", ""), environ.get("HTTP_X_FORWARDED_FOR", "")
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", "")
        if scheme in ("http", "https") and is_trusted(peer, self._trusted):
            environ["wsgi.url_scheme"] = scheme  # the address printed on slips of accounts
        if forwarded:
            environ["REMOTE_ADDR"] = person(peer, forwarded, self._trusted)
        return self._app(environ, start_response)
