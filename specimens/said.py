"""Words in both languages. The Burmese of this package is a draft that a native speaker has to read."""

from typing import NamedTuple


class Said(NamedTuple):
    """The same in English and in Burmese (draft)."""

    en: str
    my: str

    def of(self, language: str) -> str:
        """In a language: "my" for Burmese, anything else for English."""
        return self.my if language == "my" else self.en

    def filled(self, **values: object) -> "Said":
        """With {names} replaced. A value that is itself `Said` is put in in the same language."""
        return Said(
            *(
                words.format(
                    **{name: value.of(code) if isinstance(value, Said) else value for name, value in values.items()}
                )
                for code, words in (("en", self.en), ("my", self.my))
            )
        )
