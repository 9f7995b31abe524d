"""How a transition tells the rest of the house about itself: buttons, inboxes, clock, messages, documents."""

from __future__ import annotations

from typing import TypedDict

from django.utils.functional import Promise

from accounts.enums import Peran
from perizinan.enums import Jam


class Aksi(TypedDict):
    """What a declared transition carries in `custom`."""

    no: int
    label: str | Promise
    peran: tuple[Peran, ...]
    tugas: tuple[Peran, ...]
    jam: Jam
    pesan: str
    dokumen: str


def aksi(
    no: int,
    label: str | Promise,
    peran: tuple[Peran, ...],
    *,
    tugas: tuple[Peran, ...] = (),
    jam: Jam = Jam.TETAP,
    pesan: str = "",
    dokumen: str = "",
) -> Aksi:
    """Describe a transition.

    `no` is its row in domain/state_machine.csv, `peran` who may, `tugas` whose duty it is (the file stands in
    their inbox), `jam` what the clock does, `pesan` and `dokumen` what is written to the outboxes; an empty
    `pesan` is the decision that nobody is told by SMS.
    """
    return Aksi(no=no, label=label, peran=peran, tugas=tugas, jam=jam, pesan=pesan, dokumen=dokumen)
