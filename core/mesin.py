"""One small abstract base for every row that has a state machine.

django_fsm declares the transitions; this base adds what the library leaves open (docs/jebakan.md):

* `StatusField` refuses plain assignment but lets `refresh_from_db()` and `full_clean()` work;
* `save()` can never write a status: only `simpan_transisi()` does, by a conditional UPDATE on
  (primary key, status, version), which holds on PostgreSQL and on SQLite alike (rule R1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django_fsm import FSMField, FSMFieldDescriptor, Transition

from core.galat import Bentrok


class _StatusDescriptor(FSMFieldDescriptor):  # type: ignore[misc]
    """Assigning the value that is already there is harmless; any other value is refused."""

    def __set__(self, instance: Any, value: Any) -> None:
        nama = self.field.name
        if nama in instance.__dict__ and instance.__dict__[nama] != value:
            raise AttributeError(f"{nama} hanya berubah melalui transisi")
        instance.__dict__[nama] = value


class StatusField(FSMField):  # type: ignore[misc]
    """A state that only transitions change."""

    descriptor_class = _StatusDescriptor


@dataclass(frozen=True, slots=True)
class Potret:
    """A row's concrete values before a transition; tells which columns the transition changed."""

    nilai: dict[str, Any]

    def berubah(self, objek: Bermesin) -> dict[str, Any]:
        kini = objek.__dict__
        return {k: kini[k] for k, v in self.nilai.items() if kini.get(k) != v}


class Bermesin(models.Model):
    """A row with a machine in its `status` field and an optimistic `versi`."""

    versi = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert, or update named columns other than the status and the version."""
        if not self._state.adding:
            kolom = kwargs.get("update_fields")
            if kolom is None or {"status", "versi"} & set(kolom):
                raise RuntimeError("Baris bermesin hanya disimpan dengan update_fields tanpa status")
        super().save(*args, **kwargs)

    def potret(self) -> Potret:
        """Remember the loaded concrete values."""
        kini = self.__dict__
        return Potret({f.attname: kini[f.attname] for f in self._meta.concrete_fields if f.attname in kini})

    def simpan_transisi(self, potret: Potret, **tambahan: Any) -> None:
        """Write what the transition changed, if status and version are still those of `potret`.

        Raises Bentrok when another writer was first. One statement.
        """
        kolom = potret.berubah(self) | tambahan
        kolom["versi"] = potret.nilai["versi"] + 1
        semula = {"status": potret.nilai["status"], "versi": potret.nilai["versi"]}
        diubah = type(self)._base_manager.filter(pk=self.pk, **semula).update(**kolom)
        if diubah != 1:
            raise Bentrok("Berkas ini baru saja diproses orang lain. Tidak ada yang perlu Anda ulangi.")
        for nama, nilai in tambahan.items():
            setattr(self, nama, nilai)
        self.versi = kolom["versi"]

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        daftar = list(fields) if fields is not None else None
        if daftar is None or "status" in daftar:
            self.__dict__.pop("status", None)
        super().refresh_from_db(using=using, fields=daftar, from_queryset=from_queryset)


def transisi_model(model: type[Bermesin]) -> Iterator[Transition]:
    """Every declared (source, verb) of a machine: buttons, documents, matrices and tests are derived from it."""
    yield from model._meta.get_field("status").get_all_transitions(model)  # type: ignore[union-attr,misc,unused-ignore] # each machine has a StatusField


def transisi_dari(objek: Bermesin, verba: str) -> Transition | None:
    """The declaration of `verba` at the state the row is in, or None when the state does not know the verb."""
    metode: Callable[..., Any] | None = getattr(type(objek), verba, None)
    meta = getattr(metode, "_django_fsm", None)
    return meta.get_transition(objek.status) if meta else None  # type: ignore[attr-defined]
