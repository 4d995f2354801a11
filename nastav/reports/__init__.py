"""«Отчёт на дату»: one workbook of what the other rooms count."""
