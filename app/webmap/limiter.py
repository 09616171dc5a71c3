"""Limiter: how often one client may do what leaves something behind."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

MOST_CLIENTS = 10_000
"""Clients that are remembered; of more, those that were seen last."""


class Limiter:
    """A bucket of permits for each client, filled evenly. It counts in one process: with several, each has its own.

    Parameters
    ----------
    burst
        Permits a client has at first, and at most.
    per_hour
        Permits that come back in an hour.
    clock
        Seconds, from anywhere.
    """

    def __init__(self, burst: int, per_hour: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with no client known."""
        self._burst, self._rate, self._clock = float(burst), per_hour / 3600, clock
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Take a permit, and return 0; or return the seconds until there is one.

        Parameters
        ----------
        client
            Its address. Of IPv6 the first 64 bits count: the rest is the client's to choose.
        """
        key, now = _network(client), self._clock()
        permits, then = self._clients.pop(key, (self._burst, now))
        permits = min(self._burst, permits + (now - then) * self._rate)
        allowed = permits >= 1
        self._clients[key] = (permits - 1 if allowed else permits, now)
        if len(self._clients) > MOST_CLIENTS:
            self._clients.popitem(last=False)
        return 0.0 if allowed else (1 - permits) / self._rate


def _network(client: str) -> str:
    try:
        address = ip_address(client.partition("%")[0])
    except ValueError:
        return client
    return address.exploded[:19] if isinstance(address, IPv6Address) else str(address)
