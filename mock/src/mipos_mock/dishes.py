"""What the restaurants of the made-up orders sell, and what their customers write.

All of it is invented but for the item ``El Xolo`` with its two modifiers and the customer
``Brenda E.``, which are those of the page "Retrieve delivery orders". A dish has the same id and
the same price in every order, as in a POS. Prices have two decimals folded in: 10900 is 109.00.

``DISHES``, ``CUSTOMERS`` and the notes are plain ASCII, so that a POS which trips over other
characters does so in the scenarios that are about them.
"""

from typing import Final, NamedTuple


class Modifier(NamedTuple):
    """A choice that a dish offers: its id in the POS, its name and the price of one."""

    external_id: str
    name: str
    unit_value: int


class Dish(NamedTuple):
    """A dish: its id in the POS, its name, its price without modifiers, and what it offers.

    Each offers at least three modifiers: some free, some not, and no two that exclude each other.
    """

    external_id: str
    name: str
    unit_value: int
    modifiers: tuple[Modifier, ...]


_HOT_DOG = (
    Modifier("3006", "Elige Tus  Papas", 0),  # both blanks are on the page
    Modifier("3012", "Elige tu salchicha", 2000),
    Modifier("3014", "Tocino extra", 1850),
    Modifier("3015", "Mostaza aparte", 0),
)
_TACOS = (
    Modifier("3101", "Salsa verde", 0),
    Modifier("3102", "Salsa roja", 0),
    Modifier("3103", "Sin cebolla", 0),
    Modifier("3104", "Queso extra", 1500),
    Modifier("3105", "Guacamole", 2550),
)
_PLATES = (
    Modifier("3201", "Crema aparte", 0),
    Modifier("3202", "Poco picante", 0),
    Modifier("3203", "Huevo estrellado", 1400),
    Modifier("3204", "Pollo deshebrado", 2900),
    Modifier("3205", "Frijoles refritos", 1250),
)
_DRINKS = (
    Modifier("3301", "Con hielo", 0),
    Modifier("3302", "Popote de papel", 0),
    Modifier("3303", "Vaso grande", 1200),
    Modifier("3304", "Chamoy y chile", 850),
)
_DESSERTS = (
    Modifier("3401", "Cubiertos", 0),
    Modifier("3402", "Vela", 0),
    Modifier("3403", "Bola de nieve", 2200),
    Modifier("3404", "Cajeta extra", 990),
)

EL_XOLO: Final = Dish("13753", "El Xolo", 10900, _HOT_DOG)

DISHES: Final = (
    EL_XOLO,
    Dish("13754", "El Chihuahua", 9900, _HOT_DOG),
    Dish("13755", "Hamburguesa doble", 14500, _HOT_DOG),
    Dish("13801", "Tacos al pastor", 8550, _TACOS),
    Dish("13802", "Tacos de suadero", 8900, _TACOS),
    Dish("13803", "Gringa de bistec", 7900, _TACOS),
    Dish("13804", "Quesadilla de huitlacoche", 6450, _TACOS),
    Dish("13805", "Torta ahogada", 9250, _TACOS),
    Dish("13806", "Burrito de arrachera", 13900, _TACOS),
    Dish("13901", "Chilaquiles rojos", 11500, _PLATES),
    Dish("13902", "Enchiladas suizas", 12800, _PLATES),
    Dish("13903", "Pozole rojo", 13200, _PLATES),
    Dish("13904", "Mole con arroz", 16990, _PLATES),
    Dish("14001", "Agua de horchata", 3500, _DRINKS),
    Dish("14002", "Agua de jamaica", 3500, _DRINKS),
    Dish("14003", "Limonada mineral", 4250, _DRINKS),
    Dish("14004", "Refresco de cola", 3200, _DRINKS),
    Dish("14101", "Churros con cajeta", 5900, _DESSERTS),
    Dish("14102", "Flan napolitano", 6200, _DESSERTS),
    Dish("14103", "Pastel de tres leches", 7450, _DESSERTS),
)

CUSTOMERS: Final = (
    "Brenda E.",
    "Ana G.",
    "Carlos M.",
    "Diego F.",
    "Elena V.",
    "Jorge L.",
    "Karla P.",
    "Luis H.",
    "Rosa C.",
    "Valeria T.",
)

ORDER_NOTES: Final = (
    'Tocar dos veces.\nEl timbre dice "2-B".',
    'Dejar con el portero.\nDecir: "Es para la Sra. O\'Farrill".',
    'Sin cubiertos.\r\nSin servilletas.\r\nCambio de "500", por favor.',
    'Entrada por la calle de atras;\n\tporton "azul" & blanco, <no> el verde.',
)
ITEM_NOTES: Final = (
    'Sin cebolla,\npero con "mucho" cilantro.',
    "Para compartir:\nla mitad 'sin picante'.",
    'Escribir "Feliz dia" en la caja.',
    "Salsa 'de la casa' aparte.",
    'Bien cocido / "well done" \\ 100%.',
)

ACCENTED: Final = (
    Dish("15001", "Jamón ibérico con piña y ají", 18950, _PLATES),
    Dish("15002", "Crème brûlée à l\u2019orange", 8800, _DESSERTS),
    Dish("15003", "Açaí na tigela, tamanho médio", 9700, _DESSERTS),
)
CJK: Final = (
    Dish("15101", "麻婆豆腐", 12600, _PLATES),
    Dish("15102", "親子丼", 13400, _PLATES),
    Dish("15103", "김치찌개", 12900, _PLATES),
)
EMOJI: Final = (
    # A family of four and a cook: several characters that are shown as one.
    Dish(
        "15201",
        "Familiar \U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
        39900,
        _HOT_DOG,
    ),
    Dish("15202", "La chef sugiere \U0001f469\U0001f3fd\u200d\U0001f373", 21500, _PLATES),
    Dish("15203", "Pizza \U0001f3f3\ufe0f\u200d\U0001f308 \U0001f525", 17700, _HOT_DOG),
)
COMBINING: Final = (
    # The marks are characters of their own here: n + tilde, e + acute, o + horn + hook.
    Dish("15301", "Jalapen\u0303os rellenos", 9650, _TACOS),
    Dish("15302", "Cafe\u0301 de olla", 4400, _DRINKS),
    Dish("15303", "Pho\u031b\u0309 bo\u0300", 14100, _PLATES),
)
UNICODE_CUSTOMERS: Final = (
    "José Ñáñez",
    "Zoë Łukasiewicz-Müller",
    "\U00020bb7田さくら",  # beyond the first 65536 characters
    "Nguye\u0302\u0303n Thi\u0323 Hoa \U0001f468\u200d\U0001f373",
)
UNICODE_NOTES: Final = (
    "¡Sin cebolla! ¿Sí?",
    "不要香菜\uff0c谢谢",
    "Muy picante \U0001f336\ufe0f\u203c\ufe0f",
)

# Escaped, because editors show lines that change direction out of order.
_ARABIC_MODIFIERS = (
    Modifier("3501", "\u0628\u062f\u0648\u0646 \u0628\u0635\u0644", 0),  # without onion
    Modifier("3502", "\u0637\u062d\u064a\u0646\u0629", 900),  # tahini
    Modifier("3503", "\u062c\u0628\u0646 \u0625\u0636\u0627\u0641\u064a", 1600),  # more cheese
)
_HEBREW_MODIFIERS = (
    Modifier("3601", "\u05d1\u05dc\u05d9 \u05d1\u05e6\u05dc", 0),  # without onion
    Modifier("3602", "\u05d8\u05d7\u05d9\u05e0\u05d4", 900),  # tahini
    Modifier("3603", "\u05d7\u05e8\u05d9\u05e3 100%", 650),  # hot
)
ARABIC: Final = (
    # Shawarma of chicken, falafel, hummus, tabbouleh.
    Dish(
        "16001",
        "\u0634\u0627\u0648\u0631\u0645\u0627 \u062f\u062c\u0627\u062c",
        11900,
        _ARABIC_MODIFIERS,
    ),
    Dish("16002", "\u0641\u0644\u0627\u0641\u0644 (6)", 7800, _ARABIC_MODIFIERS),
    Dish("16003", "\u062d\u0645\u0635", 6900, _ARABIC_MODIFIERS),
    Dish("16004", "\u062a\u0628\u0648\u0644\u0629", 7250, _ARABIC_MODIFIERS),
)
HEBREW: Final = (
    # Shakshuka, falafel in pita, hummus.
    Dish("16101", "\u05e9\u05e7\u05e9\u05d5\u05e7\u05d4", 10400, _HEBREW_MODIFIERS),
    Dish(
        "16102",
        "\u05e4\u05dc\u05d0\u05e4\u05dc \u05d1\u05e4\u05d9\u05ea\u05d4",
        8300,
        _HEBREW_MODIFIERS,
    ),
    Dish("16103", "\u05d7\u05d5\u05de\u05d5\u05e1 XL", 7100, _HEBREW_MODIFIERS),
)
RTL_CUSTOMERS: Final = (
    "\u0644\u064a\u0644\u0649 \u062d\u062f\u0627\u062f",  # Layla Haddad
    "\u0639\u0645\u0631 \u062e\u0627\u0644\u062f",  # Omar Khaled
    "\u05dc\u05d9\u05d0\u05ea \u05db\u05d4\u05df",  # Liat Cohen
    "\u05d9\u05e2\u05dc \u05dc\u05d5\u05d9",  # Yael Levi
)
RTL_NOTES: Final = (
    "\u0634\u0642\u0629 12 B",  # flat 12 B
    "\u05d3\u05d9\u05e8\u05d4 7, \u05e7\u05d5\u05de\u05d4 3",  # flat 7, floor 3
)
