"""Books and forms that the office owes, as page, PDF and XLSX; `daftar` is the registry of all of them."""
