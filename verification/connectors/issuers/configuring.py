"""Reads what a desk says of a source against what its connector asks for."""

from collections.abc import Mapping, Sequence
from typing import Any

from claims.capture.errors import BadUrl
from claims.capture.urls import parse_url
from claims.wording import words
from verification.connectors.issuers.contract import BadConfiguration, Setting


def configured(settings: Sequence[Setting], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return each setting's value, its default where nothing is said.

    Texts are stripped, lists may be given as lines. Raises `BadConfiguration` for a setting that is not known, is
    missing, or does not fit its kind.
    """
    known = {setting.name for setting in settings}
    for name in said:
        if name not in known:
            raise BadConfiguration(name, words("“%(name)s” is no setting of this connector: take it out.", name=name))
    return {setting.name: _value(setting, said.get(setting.name)) for setting in settings}


def _value(setting: Setting, said: Any) -> Any:
    if said in (None, "", [], ()):
        if setting.required:
            raise BadConfiguration(setting.name, words("Fill in “%(name)s”.", name=setting.label))
        return setting.default
    return _KINDS[setting.kind](setting, said)


def _text(setting: Setting, said: Any) -> str:
    if not isinstance(said, str):
        raise BadConfiguration(setting.name, words("“%(name)s” has to be a text.", name=setting.label))
    return said.strip()


def _url(setting: Setting, said: Any) -> str:
    text = _text(setting, said)
    try:
        return parse_url(text).href
    except BadUrl as error:
        raise BadConfiguration(setting.name, error.sentence) from error


def _lines(setting: Setting, said: Any) -> list[str]:
    if isinstance(said, str):
        said = said.splitlines()
    if not isinstance(said, Sequence):
        raise BadConfiguration(setting.name, words("“%(name)s” has to be a list, a line each.", name=setting.label))
    return [text for text in (_text(setting, each) for each in said) if text]


def _urls(setting: Setting, said: Any) -> list[str]:
    return [_url(setting, each) for each in _lines(setting, said)]


def _choice(setting: Setting, said: Any) -> str:
    text = _text(setting, said)
    if text not in [value for value, _label in setting.choices]:
        raise BadConfiguration(
            setting.name,
            words(
                "“%(said)s” is none of the choices of “%(name)s”: %(known)s.",
                said=text,
                name=setting.label,
                known=", ".join(value for value, _label in setting.choices),
            ),
        )
    return text


def _choices(setting: Setting, said: Any) -> list[str]:
    return [_choice(setting, each) for each in _lines(setting, said)]


def _number(setting: Setting, said: Any) -> int:
    try:
        number = int(said)
    except (TypeError, ValueError):
        number = 0
    if number < 1:
        raise BadConfiguration(setting.name, words("“%(name)s” has to be a whole number above 0.", name=setting.label))
    return number


def _flag(setting: Setting, said: Any) -> bool:
    if not isinstance(said, bool):
        raise BadConfiguration(setting.name, words("“%(name)s” is either on or off.", name=setting.label))
    return said


_KINDS = {
    "text": _text,
    "url": _url,
    "urls": _urls,
    "texts": _lines,
    "choice": _choice,
    "choices": _choices,
    "number": _number,
    "flag": _flag,
}
