"""The account: who logs in. Who applies is a Pemohon, which may have no account at all."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Now
from django.utils.functional import cached_property

from accounts.enums import Peran
from core.waktu import sekarang

if TYPE_CHECKING:
    from accounts.models.peran import Penugasan


class PengelolaAkun(BaseUserManager["Akun"]):
    """Creates accounts with a normalised e-mail and an E.164 phone."""

    def create_user(
        self,
        *,
        nama: str,
        surel: str | None = None,
        hp: str | None = None,
        password: str | None = None,
        **lain: Any,
    ) -> Akun:
        """Make an account. At least one of `surel` and `hp` is needed; raises ValueError otherwise."""
        if not (surel or hp):
            raise ValueError("Akun memerlukan surel atau nomor HP")
        akun = self.model(nama=nama, surel=(surel or "").lower() or None, hp=hp or None, **lain)
        akun.set_password(password)
        akun.save(using=self._db)
        return akun

    def create_superuser(self, *, surel: str, password: str, nama: str = "Admin", **lain: Any) -> Akun:
        return self.create_user(nama=nama, surel=surel, password=password, is_staff=True, is_superuser=True, **lain)


class Akun(AbstractBaseUser, PermissionsMixin):
    """A person who logs in, by e-mail or by phone."""

    kunci = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nama = models.CharField(max_length=120)
    surel = models.EmailField("email", null=True, blank=True, unique=True)
    hp = models.CharField("nomor HP", max_length=20, null=True, blank=True, unique=True)
    is_active = models.BooleanField("aktif", default=True)
    is_staff = models.BooleanField("boleh membuka admin", default=False)
    dibuat_pada = models.DateTimeField(db_default=Now())

    USERNAME_FIELD = "surel"
    EMAIL_FIELD = "surel"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["nama"]
    objects: ClassVar[PengelolaAkun] = PengelolaAkun()

    class Meta:
        verbose_name = "akun"
        verbose_name_plural = "akun"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(surel__isnull=False) | models.Q(hp__isnull=False),
                name="akun_punya_surel_atau_hp",
                violation_error_message="Isi email atau nomor HP.",
            )
        ]

    def __str__(self) -> str:
        return self.nama

    def get_full_name(self) -> str:
        return self.nama

    def get_short_name(self) -> str:
        return self.nama.split(" ", maxsplit=1)[0]

    @cached_property
    def penugasan_berlaku(self) -> list[Penugasan]:
        """Role assignments in force now, read once per loaded account (one request)."""
        if not self.is_active:
            return []
        return list(self.penugasan.berlaku(sekarang()).select_related("unit"))

    @cached_property
    def daftar_peran(self) -> frozenset[str]:
        """Official roles in force."""
        return frozenset(p.peran for p in self.penugasan_berlaku)

    @cached_property
    def pemohon_milik(self) -> frozenset[int]:
        """Primary keys of the parties that this account applies for as itself."""
        return frozenset(self.pemohon.values_list("pk", flat=True))

    def berperan(self, *peran: Peran) -> bool:
        """Whether one of the official roles is held now."""
        return any(p in self.daftar_peran for p in peran)

    def unit_peran(self, *peran: Peran) -> frozenset[int]:
        """Units in which one of the roles is held now."""
        return frozenset(p.unit_id for p in self.penugasan_berlaku if p.peran in peran and p.unit_id)

    def penerbit_peran(self, *peran: Peran) -> frozenset[int]:
        """Issuing units for which one of the roles is held now."""
        return frozenset(p.unit.penerbit_id for p in self.penugasan_berlaku if p.peran in peran and p.unit)

    @property
    def petugas(self) -> bool:
        """Whether any official role is held now."""
        return bool(self.daftar_peran)
