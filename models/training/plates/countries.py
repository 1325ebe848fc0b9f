# SPDX-License-Identifier: GPL-3.0-or-later
"""Plates of 60 countries and states: proportions, colours and character patterns.

Patterns: L a letter, D a digit, anything else itself; "|" starts the second row. Only what decides how a plate looks
from some metres is described; emblems are drawn as blots.
"""
from collections import namedtuple

Kind = namedtuple("Kind", "name width height patterns ground ink band caption weight")

WHITE, BLACK, YELLOW, BLUE = (240, 240, 238), (20, 20, 24), (235, 190, 40), (20, 50, 140)
RED, GREEN, SILVER, CREAM = (170, 25, 35), (20, 100, 60), (190, 192, 195), (235, 228, 205)
NAVY = (15, 25, 75)

EU = (520, 110)
US = (305, 152)
SQUARE = (280, 200)


def _eu(name, *patterns, ground=WHITE, ink=BLACK, weight=1.0):
    return Kind(name, *EU, patterns, ground, ink, "left", "", weight)


def _us(name, caption, *patterns, ground=WHITE, ink=NAVY, weight=0.8):
    return Kind(name, *US, patterns, ground, ink, "", caption, weight)


KINDS = [
    # European Union and neighbours
    _eu("Germany", "LL LL DDDD", "L LL DDD", "LLL L DD", weight=2), _eu("France", "LL-DDD-LL", weight=1.5),
    _eu("Italy", "LL DDDLL", weight=1.5), _eu("Spain", "DDDD LLL", weight=1.5), _eu("Poland", "LL DDDDD", "LLL LDDD"),
    _eu("Romania", "L DDD LLL", "LL DD LLL"), _eu("Netherlands", "LL-DDD-L", "DD-LLL-D", ground=YELLOW, weight=1.5),
    _eu("Belgium", "D-LLL-DDD", ink=RED), _eu("Portugal", "LL DD LL", "DD-LL-DD"), _eu("Austria", "LL DDDDL"),
    _eu("Czechia", "DLD DDDD"), _eu("Slovakia", "LL DDDLL"), _eu("Slovenia", "LL LD-DDD"), _eu("Hungary", "LLL-DDD", "LL LL-DDD"),
    _eu("Croatia", "LL DDD-LL"), _eu("Greece", "LLL-DDDD"), _eu("Bulgaria", "LL DDDD LL"), _eu("Lithuania", "LLL DDD"),
    _eu("Latvia", "LL-DDDD"), _eu("Estonia", "DDD LLL"), _eu("Finland", "LLL-DDD"), _eu("Sweden", "LLL DDD"),
    _eu("Denmark", "LL DD DDD"), _eu("Ireland", "DDD-L-DDDDD"), _eu("Luxembourg", "LL DDDD", ground=YELLOW),
    _eu("Great Britain, front", "LLDD LLL", weight=1.5), _eu("Great Britain, rear", "LLDD LLL", ground=YELLOW, weight=1.5),
    _eu("Norway", "LL DDDDD"), _eu("Ukraine", "LL DDDD LL"), _eu("Serbia", "LL DDD-LL"), _eu("Turkey", "DD LLL DD", "DD LL DDD"),
    Kind("Switzerland", 500, 110, ("LL DDDDDD", "LL DDD DDD"), WHITE, BLACK, "", "", 1),
    Kind("Russia", 520, 112, ("L DDD LL DD", "L DDD LL DDD"), WHITE, BLACK, "", "", 1),
    Kind("Two rows, Europe", *SQUARE, ("LL LL|DDDD", "LLL|DDD", "DD|LLL DD"), WHITE, BLACK, "left", "", 2),
    Kind("Two rows, yellow", *SQUARE, ("LL|DDDD", "LLDD|LLL"), YELLOW, BLACK, "", "", 1),
    # North America
    _us("California", "California", "DLLLDDD", weight=1.5), _us("New York", "NEW YORK", "LLL-DDDD", ground=(235, 190, 70), weight=1),
    _us("Texas", "TEXAS", "LLL-DDDD", ink=BLACK, weight=1.2), _us("Florida", "FLORIDA", "LLL LDD", "DDD LLL", ink=GREEN),
    _us("Ohio", "Ohio", "LLL DDDD"), _us("Illinois", "Illinois", "LL DDDDD", ink=RED), _us("Pennsylvania", "PENNSYLVANIA", "LLL-DDDD"),
    _us("Colorado", "COLORADO", "LLL-LDD", ground=GREEN, ink=WHITE), _us("New Mexico", "NEW MEXICO", "LLL-DDD", ground=(230, 185, 60), ink=RED),
    _us("Virginia", "Virginia", "LLL-DDDD"), _us("Michigan", "MICHIGAN", "LLL DDDD"), _us("Georgia", "GEORGIA", "LLL DDDD", ground=CREAM), _us("Ontario", "ONTARIO", "LLLL DDD", ink=(25, 60, 150)),
    _us("Quebec", "Québec", "LDD LLL"), Kind("Mexico", *US, ("LLL-DDD-L", "LLL-DD-DD"), WHITE, BLACK, "", "JALISCO", 0.8),
    # South America
    Kind("Brazil, Mercosur", 400, 130, ("LLLDLDD",), WHITE, BLACK, "top", "BRASIL", 1.5),
    Kind("Brazil, grey", 400, 130, ("LLL-DDDD",), SILVER, BLACK, "", "SP - SAO PAULO", 1.5),
    Kind("Argentina", 400, 130, ("LL DDD LL", "LLL DDD"), WHITE, BLACK, "top", "ARGENTINA", 1),
    Kind("Chile", 360, 130, ("LL·LL·DD",), WHITE, BLACK, "", "CHILE", 0.7), Kind("Colombia", 330, 160, ("LLL·DDD",), YELLOW, BLACK, "", "BOGOTA D.C.", 0.7),
    # Africa, Asia, Oceania
    Kind("South Africa", 440, 120, ("LL DD LL GP", "LLL DDD GP"), WHITE, NAVY, "", "", 0.8), Kind("Morocco", 520, 110, ("DDDDD|L|DD".replace("|", " "),), WHITE, BLACK, "", "", 0.5),
    Kind("Israel", 520, 110, ("DD-DDD-DD", "DDD-DD-DDD"), YELLOW, BLACK, "left", "", 0.8), Kind("United Arab Emirates", 520, 110, ("L DDDDD",), WHITE, BLACK, "", "DUBAI", 0.6),
    Kind("India", 500, 120, ("LL DD LL DDDD",), WHITE, BLACK, "left", "", 1), Kind("Japan", 330, 165, ("漢字 DDD|あ DD-DD",), WHITE, GREEN, "", "", 1),
    Kind("China", 440, 140, ("漢L·DDDDD", "漢L·LDDDD"), BLUE, WHITE, "", "", 0.8), Kind("Australia", 372, 134, ("LLL DDL", "DLL DLL"), WHITE, BLACK, "", "NSW", 1),
    Kind("New Zealand", 360, 125, ("LLLDDD",), WHITE, BLACK, "", "", 0.6), Kind("Old plates, black", 440, 120, ("LLL DDDL", "LLL-DDD"), BLACK, SILVER, "", "", 0.8),
]
