"""An instrument in force and files that can be asked about."""

from __future__ import annotations

from typing import Any

import pytest

from ikm.models import Instrumen, Unsur
from perizinan.models import UndanganSurvei


@pytest.fixture
def unsur(pemeran: Any) -> list[Unsur]:
    """The nine elements of the instrument in force in June 2026."""
    return list(Unsur.objects.filter(instrumen=Instrumen.objects.get(kode="permenpan14-2017")).order_by("urutan"))


@pytest.fixture
def undangan(berkas_di: Any, unsur: Any) -> UndanganSurvei:
    """The invitation of a permit that was signed and not yet collected."""
    return UndanganSurvei.objects.select_related("permohonan").get(permohonan=berkas_di("terbit", "siup"))
