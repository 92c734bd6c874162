"""How Belgium writes dates, times and numbers, where it differs from the Netherlands or Django."""

DATE_FORMAT = "j F Y"  # 21 november 2026
TIME_FORMAT = r"G.i \u\u\r"  # 8.14 uur
DATETIME_FORMAT = r"j F Y, G.i \u\u\r"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y G.i"
FIRST_DAY_OF_WEEK = 1

# The first format of each list is also what a widget writes into its value, and native date and
# time inputs accept ISO only. The others are for people who type.
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%H.%M", "%Hu%M"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
