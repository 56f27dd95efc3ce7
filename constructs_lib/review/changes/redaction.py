"""No secret in what a review shows: the last look at every change, whoever found it.

    redacted(change)           # the change, with `(not shown)` for each secret in what was before and after
    without_secrets(manifest)  # the same for a value of a manifest

What is a secret is told by the name that it stands under, or by the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from constructs_lib.dragonfly.flags import SECRET_FLAGS
from constructs_lib.review.changes.model import Change
from constructs_lib.values.fields import steps_of

NOT_SHOWN = "(not shown)"

VALUES = ("data", "stringData")
"""Where a Secret has its values."""

DIGEST = re.compile(r"sha256:[0-9a-f]{7,64}")
"""By this a ciphertext is told from another."""


def redacted(change: Change) -> Change:
    """A change without the value of a secret in what was before and after, and in what is said of it."""
    steps = steps_of(change.field)
    read = _of_secret if change.object.kind == "Secret" else _at
    before, after = read(change.before, steps), read(change.after, steps)
    hidden = {**_hidden_texts(change.before, before), **_hidden_texts(change.after, after)}
    what, *parts = (_said(sentence, hidden) for sentence in (change.what, *change.parts))
    return replace(change, before=before, after=after, what=what, parts=tuple(parts))


def without_secrets(value: Any) -> Any:
    """A value of a manifest as it may be shown: what stands under the name of a secret, or beside the words that come
    before one, is hidden."""
    return _at(value, ())


@lru_cache(4096)
def is_secret(name: str) -> bool:
    """Whether what a field, a variable or a flag of this name holds is a secret, and not the name of one."""
    words = _words(name)
    return bool(_SECRET.search(words)) and not _REFERENCE.search(words)


_SECRET = re.compile(
    r"password|passwd|passphrase|(?<!no)(?<!by)pass(_|$)|.pwd$|secret|tokens?(_|$)|credential|private$"
    r"|(access|account|api|encryption|private|signing)_?key|auth(_string|_key|_header)?$|authorization$"
    # kubectl keeps the whole manifest there, with its values.
    r"|last_applied_configuration"
)
"""What fields, variables and flags are called that hold a secret, in words as `_words` gives them."""

_REFERENCE = re.compile(
    r"(^|_)(name|names|namespace|ref|refs|reference|version|digest|file|path|url|uri)$|from_secret|existing_secret"
)
"""What they are called when they say where a secret is: `passwordFromSecret`, `secretName`, `PASSWORD_FILE`."""

_SAID_OF_SECRETS = {
    "algorithm",
    "annotations",
    "audience",
    "defaultMode",
    "encoding",
    "expirationSeconds",
    "group",
    "items",
    "key",
    "kind",
    "labels",
    "mode",
    "name",
    "namespace",
    "optional",
    "path",
    "rotationPolicy",
    "size",
}
"""Fields below one that is called like a secret that are none: `secret.items` of a volume, `privateKey.size` of a
Certificate."""


@lru_cache(4096)
def _words(name: str) -> str:
    """A name in small letters, with `_` between its words; without the prefix that annotations have."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.rpartition("/")[2])
    return re.sub(r"[^a-z0-9]+", "_", apart.lower()).strip("_")


def _of_secret(value: Any, steps: Sequence[str]) -> Any:
    if not steps and isinstance(value, Mapping):
        return {name: _of_secret(part, (str(name),)) for name, part in value.items()}
    return _masked(value) if steps and steps[0] in VALUES else _at(value, steps)


def _masked(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _masked(part) for name, part in value.items()}
    if value is None or (isinstance(value, str) and DIGEST.fullmatch(value)):
        return value
    return NOT_SHOWN


def _at(value: Any, steps: Sequence[str]) -> Any:
    """What stands at that place of an object, as it may be shown."""
    is_below = False
    for step in steps:
        is_below = is_below if step.isdigit() else _is_below(step, is_below)
    return _shown(value, is_below)


def _is_below(name: str, is_below: bool) -> bool:
    """Whether what a field holds is a secret.

    Args:
        name: the field's.
        is_below: whether the field stands, at any depth, below one that is called like a secret.
    """
    if _REFERENCE.search(_words(name)):
        return False
    return is_secret(name) or (is_below and name not in _SAID_OF_SECRETS)


def _shown(value: Any, is_hidden: bool) -> Any:
    if isinstance(value, Mapping):
        return _shown_mapping(value, is_hidden)
    if isinstance(value, list | tuple):
        return [_shown(item, is_hidden) for item in value] if is_hidden else _shown_list(value)
    if is_hidden:
        return value if _says_nothing(value) else NOT_SHOWN
    return _shown_text(value) if isinstance(value, str) else value


def _shown_mapping(value: Mapping[Any, Any], is_below: bool) -> dict[Any, Any]:
    shown = {name: _shown(part, _is_below(str(name), is_below)) for name, part in value.items()}
    if isinstance(value.get("name"), str) and "value" in value and is_secret(value["name"]):
        shown["value"] = _shown(value["value"], True)  # an environment variable
    return shown


def _says_nothing(value: Any) -> bool:
    """Whether a value can be no secret: nothing, or yes or no."""
    return value is None or isinstance(value, bool) or (isinstance(value, str) and value.lower() in _NO_SECRETS)


_NO_SECRETS = ("", "true", "false")


def _shown_list(words: Sequence[Any]) -> list[Any]:
    """The items of a list, of which one may be a flag and the next its value."""
    is_acl = any(isinstance(word, str) and word.upper() in ("USER", "SETUSER") for word in words)
    shown: list[Any] = []
    for before, word in zip(("", *words), words, strict=False):
        if isinstance(word, str | int | float) and isinstance(before, str) and _is_value_of(before, str(word)):
            shown.append(_shown(word, True))
        elif isinstance(word, str) and isinstance(before, str) and before in _USER_FLAGS:
            shown.append(re.sub(r"^([^:\s]*:)\S.*", _hidden_after, word, flags=re.S))
        elif isinstance(word, str) and is_acl and word[:1] in _ACL_SIGNS and len(word) > 1:
            shown.append(f"{word[0]}{NOT_SHOWN}")
        else:
            shown.append(_shown(word, False))
    return shown


_USER_FLAGS = ("-u", "--user")
_ACL_SIGNS = ("<", ">", "#", "!")
"""Before a password, or its digest, that an ACL gives or takes: https://redis.io/docs/latest/commands/acl-setuser/"""


def _is_value_of(flag: str, word: str) -> bool:
    """Whether a word is the password that a flag, or the command AUTH, takes."""
    if flag in ("-a", "AUTH") or flag.lower().lstrip("-") in _SERVER_FLAGS:
        return True
    return flag.startswith("-") and "=" not in flag and not word.startswith("-") and is_secret(flag)


_SERVER_FLAGS = (*SECRET_FLAGS, "tls_key_password")
"""Flags of the server that hold a password: https://www.dragonflydb.io/docs/managing-dragonfly/flags"""


def _shown_text(text: str) -> str:
    """A text without the secrets in it, each found by the words around it; the same when it is read again."""
    if not _WORDS_APART.search(text):
        return text
    for pattern in _AFTER:
        text = pattern.sub(_hidden_after, text)
    return _without_named(_without_acl(text, _ACL_LINE))


def _without_acl(text: str, line: re.Pattern[str]) -> str:
    return line.sub(lambda found: _ACL_WORD.sub(_hidden_after, found[0]), text)


_WORDS_APART = re.compile(r"[\s:=<>#!]")
"""Without one of these a text has no word before another."""


def _said(sentence: str, hidden: Mapping[str, str]) -> str:
    """A sentence without the secrets in the values that it tells.

    Args:
        sentence: what is said of a change.
        hidden: texts of the change that are not shown, each as it is shown instead.
    """
    for told in sorted(hidden, key=len, reverse=True):
        sentence = sentence.replace(told, hidden[told])
    sentence = _QUOTATION.sub(lambda quoted: f"{quoted[1]}{_shown_text(quoted[3])}{quoted[4]}", sentence)
    for pattern in _BY_ITSELF:
        sentence = pattern.sub(_hidden_after, sentence)
    return _without_named(_without_acl(sentence, _ACL_SENTENCE), is_prose=True)


def _hidden_texts(value: Any, shown: Any) -> dict[str, str]:
    """The texts in a value that are shown otherwise, but for those that are too short to be told from other words."""
    if isinstance(value, Mapping) and isinstance(shown, Mapping):
        pairs = [(part, shown[name]) for name, part in value.items()]
    elif isinstance(value, list | tuple) and isinstance(shown, list):
        pairs = list(zip(value, shown, strict=True))
    else:
        is_told = isinstance(value, str) and len(value) >= _SHORTEST and value != shown
        return {value: str(shown)} if is_told else {}
    return {text: masked for part in pairs for text, masked in _hidden_texts(*part).items()}


_SHORTEST = 6
"""Characters of a hidden text that is looked for in a sentence."""


def _hidden_after(match: re.Match[str]) -> str:
    return f"{match[1]}{NOT_SHOWN}"


def _without_named(text: str, is_prose: bool = False) -> str:
    """A text without the values that it gives to names of secrets: `password: …`, `TOKEN=…`, `--pass …`."""
    shown, end = "", 0
    for named in _NAMED.finditer(text):
        if named.start() < end or not is_secret(named["name"]):
            continue
        value = _extent(named, is_prose).match(text, named.end())
        if value and not _says_nothing(value[0].strip("\\\"' \t,}")):
            shown += f"{text[end : named.end()]}{NOT_SHOWN}"
            end = value.end()
    return shown + text[end:]


def _extent(named: re.Match[str], is_prose: bool) -> re.Pattern[str]:
    """How far the value goes that comes after a name."""
    if is_prose:
        return _VALUE if named["sign"].strip() else _NO_VERB
    if named["flag"] and named.start() == 0:
        return _REST
    return _LINE if ":" in named["sign"] else _VALUE


_NAMED = re.compile(
    r"""(?<![\w.-])(?P<flag>--?)?(?P<name>\w[\w.-]{0,80})(?P<sign>(?:\\*["'])?[ \t]*[:=][ \t]*|(?(flag)[ \t]+|(?!)))"""
)

_HIDDEN = re.escape(NOT_SHOWN)
_QUOTED = rf"""{_HIDDEN}|"(?:\\.|[^"\\])*"|'[^']*'|(?P<quote>\\+["']).*?(?P=quote)"""
_VALUE = re.compile(rf"{_QUOTED}|\S+", re.S)
_LINE = re.compile(rf"{_QUOTED}|[|>][-+\d]*[ \t]*\n(?:[ \t]+[^\n]*\n?|\n)*|[^\s,][^\n]*", re.S)
"""Of YAML, where a value goes to the end of its line, or stands in the lines below it."""
_REST = re.compile(r".+", re.S)
_NO_VERB = re.compile(r"(?!(?:is|was|has|and|or|of|in)\b)\S+")

_WORD = rf"(?:{_HIDDEN}|\S+)"

_BY_ITSELF = (
    re.compile(rf"((?:^|[\s\"'])-a[ \t]+){_WORD}"),
    re.compile(rf"((?:^|[\s\"'])(?:-u|--user)[= \t]+[^:\s]*:){_WORD}"),
    re.compile(r"(://[^\s:/@]*:)[^\s/@]+(?=@)"),
    re.compile(r"(-----BEGIN [A-Z ]*PRIVATE KEY-----).*?(?=-----END|\Z)", re.S),
    re.compile(r"((?<![^\s\"'])#)[0-9a-fA-F]{64}"),
    # Of an ACL; not what a shell, an expression or a range of versions has after the sign.
    re.compile(r"((?<![^\s\"'])>)(?![\s=>&|(/-]|[\d.]+(?:[\s)\"',]|$))\S+"),
)
"""What comes before a secret in any text; the secret goes as far as the match."""

_AFTER = (
    re.compile(rf"((?:^|[\s\"'])AUTH[ \t]+){_WORD}"),
    re.compile(rf"((?:{'|'.join(_SERVER_FLAGS)})[ \t]+){_WORD}", re.I),
    *_BY_ITSELF,
)
"""What comes before a secret in a value."""

_QUOTATION = re.compile(r"((?<!\w)(?P<sign>['\"`]))(.+?)((?P=sign)|$)", re.S)

_ACL_SENTENCE = re.compile(r"USER[ \t]+\S+[^\n]*")
_ACL_LINE = re.compile(_ACL_SENTENCE.pattern, re.I)
_ACL_WORD = re.compile(rf"((?<![^\s\"'])[<>#!])(?!{_HIDDEN})\S+")
