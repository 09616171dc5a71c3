"""Allocator: the memory of one large answer serves the next, and garbage is looked for where it is made."""

import ctypes
import gc

_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_THRESHOLD = -1, -2, -3
"""Numbers of the parameters in glibc's malloc.h."""

LARGEST_REUSED = 32 * 1024 * 1024
"""Blocks up to this size, bytes, come from the heap: 32 MiB is the most that glibc allows."""

KEPT = 64 * 1024 * 1024
"""Free memory, bytes, that the heap keeps at its end."""


def keep_large_blocks() -> None:
    """Let the C library keep the memory of large answers.

    A page of 1,000 features is half a megabyte, copied a few times on its way from the database to the socket. By
    default glibc maps each such block anew and gives it back, and the kernel clears every page of it: a tenth of the
    whole time. Other C libraries have no ``mallopt``; nothing changes there.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    for parameter, value in ((_M_MMAP_THRESHOLD, LARGEST_REUSED), (_M_TRIM_THRESHOLD, KEPT), (_M_TOP_PAD, KEPT // 4)):
        mallopt(parameter, value)


YOUNG = 10_000
"""Objects that are made before the garbage collector looks through them; by default 700."""


def spare_what_stays() -> None:
    """Let the garbage collector pass over everything there is now: modules, definitions, routes.

    What a request makes is freed when nothing refers to it any more; only circles wait for the collector. By default it
    looks for them at every 700 new objects, and now and then through all the objects that stay for good.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])


def spare_nothing() -> None:
    """Let the garbage collector look through everything again, as at the end of an application."""
    gc.unfreeze()
