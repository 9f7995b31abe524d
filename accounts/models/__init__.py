"""Users, roles, units, authority to sign, applicants as parties."""

from accounts.models.akun import Akun
from accounts.models.kewenangan import Kewenangan, LingkupKewenangan
from accounts.models.pemohon import DataPihak, Kuasa, Pemohon
from accounts.models.peran import Penugasan
from accounts.models.unit import Unit

__all__ = ["Akun", "DataPihak", "Kewenangan", "Kuasa", "LingkupKewenangan", "Pemohon", "Penugasan", "Unit"]
