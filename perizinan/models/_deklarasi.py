"""How a transition is declared, and what it tells the rest of the house about itself.

Buttons, inboxes, the role x state matrix, documents, messages and tests are derived from these declarations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypedDict, TypeVar

from django.utils.functional import Promise
from django_fsm import transition

from accounts.enums import Peran
from perizinan import perms
from perizinan.enums import Jam

F = TypeVar("F", bound=Callable[..., None])


class Aksi(TypedDict):
    """What a declared transition carries in `custom`."""

    no: int
    label: str | Promise
    peran: tuple[Peran, ...]
    tugas: tuple[Peran, ...]
    jam: Jam
    pesan: str
    dokumen: str


def transisi(
    sumber: str | Sequence[str],
    tujuan: Any,
    *,
    no: int,
    label: str | Promise,
    peran: tuple[Peran, ...],
    syarat: Sequence[Callable[[Any], bool]] = (),
    tugas: tuple[Peran, ...] = (),
    jam: Jam = Jam.TETAP,
    pesan: str = "",
    dokumen: str = "",
) -> Callable[[F], F]:
    """Declare a transition of the `status` field with django_fsm.

    `no` is its row in domain/state_machine.csv; `peran` who may, each with its relation to the file
    (perizinan/perms.py); `syarat` the guards; `tugas` whose duty it is (the file stands in their inbox); `jam`
    what the clock does; `pesan` and `dokumen` what is written to the outboxes. An empty `pesan` is the decision
    that nobody is told by SMS. `tujuan` None keeps the state.
    """
    custom = Aksi(no=no, label=label, peran=peran, tugas=tugas, jam=jam, pesan=pesan, dokumen=dokumen)
    hiasan: Callable[[F], F] = transition(
        "status",
        source=sumber if isinstance(sumber, str) else list(sumber),
        target=tujuan,
        permission=perms.peran(*peran),
        conditions=list(syarat),
        custom=custom,
    )
    return hiasan
