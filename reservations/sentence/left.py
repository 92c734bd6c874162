"""What is left of a sentence while it is being read: each part that is understood is taken out."""

import re
import unicodedata

from reservations.sentence.words import FILLERS

TAKEN = " ; "


class Left:
    """In small letters without accents."""

    def __init__(self, text: str) -> None:
        bare = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
        self.text = " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).split())

    def take(self, pattern: str) -> re.Match[str] | None:
        """The first place where it stands as whole words; it is not there any more after that."""
        found = re.search(rf"(?<!\w)(?:{pattern})(?:(?<=\s)|(?!\w))", self.text)
        if found:
            self.text = self.text[: found.start()] + TAKEN + self.text[found.end() :]
        return found

    def take_all(self, pattern: str) -> list[re.Match[str]]:
        found = []
        while one := self.take(pattern):
            found.append(one)
        return found

    def runs(self) -> list[str]:
        """What was not taken, as it was said: from the first word that means something to the last."""
        runs = []
        for part in re.split(r"[;,.!?()]+", self.text):
            words = part.split()
            while words and words[0].strip("'-") in FILLERS:
                words.pop(0)
            while words and words[-1].strip("'-") in FILLERS:
                words.pop()
            if words:
                runs.append(" ".join(words))
        return runs
