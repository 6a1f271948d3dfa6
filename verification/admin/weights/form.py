"""The form of the weights: a factor for each feature, and the topics a desk watches."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.extraction.worth import FEATURES
from claims.translation import say
from claims.weighing import AS_SHIPPED, FACTORS, LONGEST, MOST_TOPICS, MOST_WORDS, POINTS, Topic, Weights, folded
from verification.admin.weights.telling import FACTOR_LABELS, POINT_LABELS
from verification.publishing.plain_text import printable

SPARE: Final = 3
"""Rows for further topics, as many as are offered at a time."""
MOST_ROWS: Final = MOST_TOPICS + SPARE
BETWEEN_WORDS: Final = re.compile(r"[,;\n]")


class FactorsForm(forms.Form):
    """How much each feature counts, compared with the model as shipped."""

    prefix = "factor"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer a choice for each feature of the model."""
        super().__init__(*args, **kwargs)
        for name, feature in FEATURES.items():
            self.fields[name] = forms.ChoiceField(
                label=say(feature.label),
                choices=[(str(factor), FACTOR_LABELS[factor]) for factor in FACTORS],
                initial=str(AS_SHIPPED),
                widget=forms.Select({"class": "ro-select"}),
            )

    @property
    def factors(self) -> dict[str, float]:
        """What was chosen, where it differs from the model as shipped."""
        chosen = {name: float(value) for name, value in self.cleaned_data.items()}
        return {name: factor for name, factor in chosen.items() if factor != AS_SHIPPED}


class TopicForm(forms.Form):
    """One topic. A row without name and words is none."""

    name = forms.CharField(
        label=gettext_lazy("Topic"),
        required=False,
        widget=forms.TextInput({"class": "ro-input", "autocomplete": "off"}),
    )
    words = forms.CharField(
        label=gettext_lazy("Words or phrases"),
        required=False,
        widget=forms.Textarea({"class": "ro-text", "rows": 2, "spellcheck": "false"}),
    )
    points = forms.ChoiceField(
        label=gettext_lazy("Counts"),
        required=False,
        choices=[(str(points), POINT_LABELS[points]) for points in reversed(POINTS)],
        initial="1",
        widget=forms.Select({"class": "ro-select"}),
    )

    @property
    def is_blank(self) -> bool:
        """Whether the row names no topic."""
        return not self.cleaned_data.get("name") and not self.cleaned_data.get("words")

    @property
    def topic(self) -> Topic:
        """The topic, of a row that is valid and not blank."""
        return Topic(self.cleaned_data["name"], self.cleaned_data["words"], self.cleaned_data["points"])

    def clean_name(self) -> str:
        """Put it on one line."""
        name = " ".join(printable(self.cleaned_data["name"]).split())
        if len(name) > LONGEST:
            raise forms.ValidationError(_("A topic’s name has %(most)d characters at most.") % {"most": LONGEST})
        return name

    def clean_words(self) -> tuple[str, ...]:
        """Return the words and phrases, each once: between commas, semicolons or line breaks."""
        parts = (" ".join(printable(part).split()) for part in BETWEEN_WORDS.split(self.cleaned_data["words"]))
        words = tuple({folded(part): part for part in reversed([part for part in parts if folded(part)])}.values())[
            ::-1
        ]
        if len(words) > MOST_WORDS:
            raise forms.ValidationError(
                _("A topic has %(most)d words at most: divide it into two topics.") % {"most": MOST_WORDS}
            )
        if long := next((word for word in words if len(word) > LONGEST), None):
            raise forms.ValidationError(
                _("“%(word)s …” is longer than %(most)d characters: put a comma between words.")
                % {"word": long[:30], "most": LONGEST}
            )
        return words

    def clean_points(self) -> int:
        """Return them as a number; a row that was sent without has the usual ones."""
        return int(self.cleaned_data["points"] or self.fields["points"].initial)

    def clean(self) -> dict[str, Any]:
        """Refuse a topic without words, and words without a topic."""
        found = super().clean() or self.cleaned_data
        name, words = found.get("name"), found.get("words")
        if name and words == ():
            self.add_error("words", _("Name at least one word by which a claim about it is known."))
        if words and name == "":
            self.add_error("name", _("Give the topic a name: it is told as a reason."))
        return found


class WeightsForm:
    """The whole form, empty (on weights that stand) or as it was sent."""

    def __init__(self, weights: Weights | None = None, sent: QueryDict | None = None) -> None:
        """Take the weights to start from, or what was sent."""
        self.error = ""
        if sent is not None:
            rows = sent.get("topics", "")
            count = min(int(rows), MOST_ROWS) if rows.isascii() and rows.isdigit() and len(rows) < 4 else 0
            self.factors = FactorsForm(sent)
            self.topics = [TopicForm(sent, prefix=f"topic-{number}") for number in range(count)]
            self.too_many = rows.isascii() and rows.isdigit() and len(rows) < 4 and int(rows) > MOST_ROWS
        else:
            stand = weights or Weights()
            self.factors = FactorsForm(initial={name: str(factor) for name, factor in stand.factors.items()})
            self.topics = [_filled(number, topic) for number, topic in enumerate(stand.topics)]
            self.too_many = False
            self._spare()

    def is_valid(self) -> bool:
        """Return whether it can be looked at and saved; `error` says what the whole of it lacks."""
        valid = all([self.factors.is_valid(), *(form.is_valid() for form in self.topics)])
        if not valid:
            self.error = _("Some of it cannot be saved so: see what is said beside it.")
            return False
        named = [form.topic for form in self.topics if not form.is_blank]
        names = [topic.name.casefold() for topic in named]
        if len(named) > MOST_TOPICS or self.too_many:
            self.error = _("A desk watches %(most)d topics at most: take some out.") % {"most": MOST_TOPICS}
        elif twice := next((topic.name for topic in named if names.count(topic.name.casefold()) > 1), None):
            self.error = _("Two topics are called “%(name)s”: give each its own name.") % {"name": twice}
        return not self.error

    @property
    def weights(self) -> Weights:
        """What it says, once it is valid."""
        return Weights(self.factors.factors, tuple(form.topic for form in self.topics if not form.is_blank))

    def again(self) -> "WeightsForm":
        """Return a form that is filled in with what this one says, with rows for further topics."""
        return WeightsForm(self.weights)

    def _spare(self) -> None:
        start = len(self.topics)
        more = range(start, min(start + SPARE, MOST_ROWS))
        self.topics += [TopicForm(prefix=f"topic-{number}") for number in more]


def _filled(number: int, topic: Topic) -> TopicForm:
    initial: Mapping[str, object] = {"name": topic.name, "words": ", ".join(topic.words), "points": str(topic.points)}
    return TopicForm(prefix=f"topic-{number}", initial=dict(initial))


def mark_of(weights: Weights) -> str:
    """Return a mark by which it is known again what was looked at: the same for weights that say the same."""
    factors = {name: factor for name, factor in weights.factors.items() if factor != AS_SHIPPED}
    told = [sorted(factors.items()), [[topic.name, topic.words, topic.points] for topic in weights.topics]]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]
