"""Documents of a file: ordered in the act that calls for them, laid out here, kept whole or not at all.

A `Dokumen` row with status `diminta` is the order (architecture.md, sentence 3). `buat` is what a nudge calls,
`sapu` finds what a nudge lost, `bekukan_ulang` gives an unsigned SK another date under the same number.
Nothing here makes a transition, opens a network connection, or holds a transaction while a page is laid out.
"""

from perizinan.dokumen.pekerja import bekukan_ulang, buat, sapu, ulangi

__all__ = ["bekukan_ulang", "buat", "sapu", "ulangi"]
