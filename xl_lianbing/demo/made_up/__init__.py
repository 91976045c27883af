"""Names, reasons, stories and fines that cannot be mistaken for real ones (演示数据)."""
