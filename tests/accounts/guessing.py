"""How people make a password of a word that everybody around knows."""

from collections.abc import Callable
from random import Random

TRANSLITERATIONS = (  # of й, х, ц, щ, ы, ю, я, ё; the rest is alike
    {"й": "j", "х": "h", "ц": "c", "щ": "shh", "ы": "y", "ю": "yu", "я": "ya", "ё": "yo"},
    {"й": "y", "х": "kh", "ц": "ts", "щ": "shch", "ы": "y", "ю": "iu", "я": "ia", "ё": "e"},
    {"й": "i", "х": "h", "ц": "tz", "щ": "sch", "ы": "i", "ю": "ju", "я": "ja", "ё": "jo"},
)
ALIKE = dict(zip("абвгдезиклмнопрстуфэьъ", [*"abvgdeziklmnoprstufe", "", ""], strict=True)) | {
    "ж": "zh",
    "ч": "ch",
    "ш": "sh",
}
KEYS = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`")
LEET = str.maketrans("оаeоo", "0@300")


def latin(random: Random, word: str) -> str:
    system = ALIKE | random.choice(TRANSLITERATIONS)
    return "".join(system.get(letter, letter) for letter in word)


def number(random: Random) -> str:
    year = random.choice((*range(1958, 2004), *range(2017, 2027)))
    day = f"{random.randint(1, 28):02}{random.randint(1, 12):02}{year}"
    return random.choice((str(year), str(year), day, "12345", "123", f"{random.randint(1, 99)}"))


def ending(random: Random) -> str:
    return random.choice(("", "", "!", ".", "#1"))


CHANGES: tuple[Callable[[Random, str], str], ...] = (
    lambda random, word: word,
    lambda random, word: word.capitalize(),
    latin,
    latin,
    lambda random, word: latin(random, word).capitalize(),
    lambda random, word: word.translate(KEYS),
    lambda random, word: latin(random, word).translate(LEET),
    lambda random, word: word[::-1],
)


def guessed(random: Random, texts: list[str]) -> str:
    """Return a password of 12 signs or more made of one or two words of one text, and a number."""
    while True:
        words = random.choice(texts).lower().split()
        chosen = random.sample(words, min(len(words), random.choice((1, 1, 2))))
        change = random.choice(CHANGES)
        joint = random.choice(("", "", "-", "_", "."))
        parts = [change(random, word) for word in chosen] + [number(random)]
        if random.random() < 0.15:
            parts = [*parts[-1:], *parts[:-1]]
        made = joint.join(parts) + ending(random)
        if len(made) >= 12:
            return made
