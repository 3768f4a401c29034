"""What a result was measured on."""

from __future__ import annotations

import os
import platform
from typing import Optional, Union

from .server import Server

Facts = dict[str, Union[str, int]]


def facts(server: Optional[Server]) -> Facts:
    """The machine and its server, without names of people or places."""
    machine: Facts = {
        "processor": processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gibibytes": round(
            os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        ),
    }
    if server:
        machine["postgresql"] = server.query("postgres", "SHOW server_version").split()[0]
    return machine


def processor() -> str:
    """Its model, as Linux tells it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.machine()
