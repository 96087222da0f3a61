"""The lesson that most tests of the tutor ask about."""

TEXT = [
    "Bread rises because yeast makes gas.",
    "Yeast is a living thing that eats sugar.",
    "Salt slows the yeast down.",
    "Sourdough takes a whole night to rise.",
]
