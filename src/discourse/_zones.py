"""Resolve the timezone that a caller names, for times without one."""

import datetime as dt
import re
from typing import TypeAlias
from zoneinfo import ZoneInfo

from .errors import FieldError, FieldTypeError

Zone: TypeAlias = str | dt.tzinfo | dt.timedelta | None
"""The timezone of times without one: a name (``"Europe/Vienna"``), an offset (``"+02:00"``, or a
`datetime.timedelta`) or any `datetime.tzinfo`."""

_OFFSET = re.compile(r"[+-](\d\d):?(\d\d)?", re.ASCII)


def zone_of(zone: Zone, where: str = "formats") -> dt.tzinfo | None:
    """Return the timezone that a caller names; raise `FieldError` if there is no such zone."""
    if zone is None or isinstance(zone, dt.tzinfo):
        return zone
    try:
        if isinstance(zone, dt.timedelta):
            return dt.timezone(zone)
        if isinstance(zone, str):
            if match := _OFFSET.fullmatch(zone):
                offset = dt.timedelta(hours=int(match[1]), minutes=int(match[2] or 0))
                return dt.timezone(-offset if zone[0] == "-" else offset)
            return ZoneInfo(zone)
    except (ValueError, OSError, LookupError):
        pass
    wanted = 'must be the name of a zone, such as "Europe/Vienna", an offset or a tzinfo'
    wrong = FieldError if isinstance(zone, str | dt.timedelta) else FieldTypeError
    raise wrong(where, "zone", zone, wanted)
