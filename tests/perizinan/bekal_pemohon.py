"""What the tests of the applicant's pages share."""

from __future__ import annotations

import re

from perizinan.models import Permohonan


def _berkas(p):
    return Permohonan.objects.get(pk=p.pk)


def _alamat(p, *bagian):
    return "/permohonan/" + "/".join([p.acuan, *map(str, bagian)]) + "/"


def _isi(klien, alamat, **kueri):
    jawab = klien.get(alamat, kueri)
    assert jawab.status_code == 200, jawab
    return jawab.content.decode()


def _kunci(isi):
    return re.search(r'name="kunci" value="([^"]+)"', isi).group(1)
