"""Books and forms that the office owes: E.81, the monthly report, LKjIP, T-C.23 and T-C.24, as page, PDF and XLSX."""
