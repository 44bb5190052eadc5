"""Passkeys: where they work."""

from ipaddress import ip_address
from typing import Final

from django.http import HttpRequest
from django.http.request import split_domain_port

MOST: Final = 10  # of one person


def work_at(request: HttpRequest) -> bool:
    """Whether a browser makes and uses passkeys at the address of a request: they belong to a name, which an IP address is not."""
    host, _port = split_domain_port(request.get_host())
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return True
    return False
