"""Whether Excel would open a generated workbook without complaint: two validators and an own lint."""
