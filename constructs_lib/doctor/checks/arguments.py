"""A Dragonfly's `args`: flags that are the operator's, secrets, flags and values that end the server at start."""

from __future__ import annotations

from collections.abc import Iterator

from constructs_lib.doctor.instance import Instance
from constructs_lib.doctor.model import ERROR, WARNING, Check, Found, Operation, remove
from constructs_lib.doctor.objects import Objects
from constructs_lib.dragonfly.command_line import CommandLineFlag, command_line_findings, flag_value
from constructs_lib.dragonfly.flags import (
    DBFILENAME_PLACEHOLDERS,
    FOREIGN_FLAGS,
    OPERATORS_FLAGS,
    SECRET_FLAGS,
    flag_type,
    versions_with,
)
from constructs_lib.dragonfly.ports import ADMIN_PORT, REDIS_PORT
from constructs_lib.values.fields import pointer

PASSWORD_IN_ARGV = Check(
    "password-in-argv",
    ERROR,
    ("Dragonfly",),
    "A password in `args` stands in git, in the object, in the pod and in the process list, for all to read who may "
    "read one of these.",
    "docs/dragonfly.md#the-operator",
)
SNAPSHOT_FLAG_IN_ARGS = Check(
    "snapshot-flag-in-args",
    WARNING,
    ("Dragonfly",),
    "`--dir` and `--snapshot_cron` are the operator's: it sets them from `snapshot`, after `args`, and the last one "
    "wins. It counts on `snapshot` alone when it decides whether there is a place for a schedule.",
    "docs/dragonfly.md#snapshots",
)
ACLFILE_IN_ARGS = Check(
    "aclfile-in-args",
    ERROR,
    ("Dragonfly",),
    "The operator mounts the Secret of `aclFromSecret` and sets `--aclfile` itself, after `args`. Without "
    "`aclFromSecret` there is no such file in the pod: the server runs with the user `default` alone.",
    "docs/dragonfly.md#users",
)
OPERATOR_FLAG_OVERRIDDEN = Check(
    "operator-flag-overridden",
    ERROR,
    ("Dragonfly",),
    "The flag changes what operator, probes and replication count on: ports, addresses, who is master, TLS of the "
    "admin port. Of two equal flags the last one wins, and `args` come after the operator's own.",
    "docs/dragonfly.md#the-operator",
)
OPERATOR_FLAG_REPEATED = Check(
    "operator-flag-repeated",
    WARNING,
    ("Dragonfly",),
    "The operator sets the flag itself. Repeating it secures nothing, and one day the two differ.",
    "docs/dragonfly.md#the-operator",
)
FLAG_UNKNOWN = Check(
    "flag-unknown",
    ERROR,
    ("Dragonfly",),
    "The server exits at start on a flag that it does not know: the pod crashes again and again.",
    "docs/dragonfly.md#memory",
)
FLAG_OF_ANOTHER_VERSION = Check(
    "flag-of-another-version",
    ERROR,
    ("Dragonfly",),
    "The flag is one of another version of the server; this one exits at start.",
    "docs/dragonfly.md#memory",
)
FLAG_WITHOUT_EFFECT = Check(
    "flag-without-effect",
    WARNING,
    ("Dragonfly",),
    "The server takes the flag for the sake of old command lines, and does nothing with it.",
    "docs/dragonfly.md#memory",
)
FLAG_VALUE_REFUSED = Check(
    "flag-value-refused",
    ERROR,
    ("Dragonfly",),
    "The server exits at start on a value that it cannot read.",
    "docs/dragonfly.md#memory",
)
FLAG_UNREADABLE = Check(
    "flag-unreadable",
    ERROR,
    ("Dragonfly",),
    "An item of `args` is one word of the command line, `--name=value`. A name and its value in one item, with a space "
    "between, are a flag that the server does not know.",
    "https://abseil.io/docs/cpp/guides/flags",
)
FLAGS_FROM_ELSEWHERE = Check(
    "flags-from-elsewhere",
    WARNING,
    ("Dragonfly",),
    "Flags from a file or the environment, or misspelt ones let pass, are seen by nobody who reads the manifest.",
    "https://abseil.io/docs/cpp/guides/flags",
)
DBFILENAME_WITHOUT_PLACEHOLDER = Check(
    "dbfilename-without-placeholder",
    ERROR,
    ("Dragonfly",),
    "Without a timestamp in its name every snapshot writes over the one before, while it is the only one: a pod that "
    "dies while it saves has none.",
    "docs/dragonfly.md#snapshots",
)
LUA_FLAGS_IN_CACHE_MODE = Check(
    "lua-flags-in-cache-mode",
    WARNING,
    ("Dragonfly",),
    "`allow-undeclared-keys` is for job queues (BullMQ), and cache mode evicts entries of a queue under memory "
    "pressure: jobs vanish.",
    "https://www.dragonflydb.io/docs/integrations/bullmq",
)

CHECKS = (
    PASSWORD_IN_ARGV,
    SNAPSHOT_FLAG_IN_ARGS,
    ACLFILE_IN_ARGS,
    OPERATOR_FLAG_OVERRIDDEN,
    OPERATOR_FLAG_REPEATED,
    FLAG_UNKNOWN,
    FLAG_OF_ANOTHER_VERSION,
    FLAG_WITHOUT_EFFECT,
    FLAG_VALUE_REFUSED,
    FLAG_UNREADABLE,
    FLAGS_FROM_ELSEWHERE,
    DBFILENAME_WITHOUT_PLACEHOLDER,
    LUA_FLAGS_IN_CACHE_MODE,
)

SAME_AS_THE_OPERATORS = {
    "admin_nopass": True,
    "admin_port": ADMIN_PORT,
    "alsologtostderr": True,
    "break_replication_on_master_restart": True,
    "no_tls_on_admin_port": True,
    "port": REDIS_PORT,
    "primary_port_http_enabled": False,
}
"""The values that the operator gives, or that are the server's own; these alone do no harm."""

SET_AFTER_ARGS = frozenset(
    {"memcached_port", "tiered_prefix", "tls", "tls_ca_cert_file", "tls_cert_file", "tls_key_file"}
)
"""Flags that the operator sets after `args`, where the field for them is given."""

IN_THE_FILE = {"dir": "`snapshot.dir`, or a claim", "snapshot_cron": "`snapshot.cron`"}


def find(tree: Objects) -> Iterator[Found]:
    """Every word of every command line."""
    for instance in tree.instances:
        for word in instance.command_line:
            if isinstance(word, int):
                what = f"word {word} of args is no flag; the server exits at start"
                fix = "write each flag as one item, --name=value"
                yield FLAG_UNREADABLE.found(instance.manifest, pointer("spec", "args", word), what, fix)
            else:
                yield from _flag(instance, word)
        yield from _lua(instance)


def _flag(instance: Instance, flag: CommandLineFlag) -> Iterator[Found]:
    where = pointer("spec", "args", flag.index)
    if flag.name in SECRET_FLAGS:
        yield PASSWORD_IN_ARGV.found(
            instance.manifest,
            where,
            f"--{flag.name} has a password for its value",
            "put it into a Secret, named by authentication.passwordFromSecret, and change it: it was readable",
        )
    elif flag.name in IN_THE_FILE:
        what = f"--{flag.name} is the operator's, which sets it after yours"
        yield SNAPSHOT_FLAG_IN_ARGS.found(instance.manifest, where, what, f"give {IN_THE_FILE[flag.name]} instead")
    elif flag.name == "aclfile":
        what = "--aclfile is the operator's, and no file but the one of aclFromSecret is in the pod"
        fix = "leave it out; give aclFromSecret: {name: …, key: …}"
        yield ACLFILE_IN_ARGS.found(instance.manifest, where, what, fix, *_removal(flag))
    elif flag.name in OPERATORS_FLAGS:
        yield from _operators(instance, flag, where)
    elif flag.name in FOREIGN_FLAGS:
        what, _, fix = FOREIGN_FLAGS[flag.name].partition("; ")
        yield FLAGS_FROM_ELSEWHERE.found(instance.manifest, where, f"--{flag.name}: {what}", fix)
    else:
        yield from _servers(instance, flag, where)


def _operators(instance: Instance, flag: CommandLineFlag, where: str) -> Iterator[Found]:
    value = flag_value(flag.text, flag_type(flag.name, instance.server))
    is_same = flag.name in SAME_AS_THE_OPERATORS and value == SAME_AS_THE_OPERATORS[flag.name]
    if is_same or flag.name in SET_AFTER_ARGS:
        what = f"--{flag.name} is set by the operator itself"
        yield OPERATOR_FLAG_REPEATED.found(instance.manifest, where, what, "leave it out", *_removal(flag))
    else:
        what = f"--{flag.name} takes away what operator, probes or replication count on"
        yield OPERATOR_FLAG_OVERRIDDEN.found(instance.manifest, where, what, "leave it out", *_removal(flag))


def _servers(instance: Instance, flag: CommandLineFlag, where: str) -> Iterator[Found]:
    kind = flag_type(flag.name, instance.server)
    for finding in command_line_findings(flag, instance.server):
        what, _, fix = finding.text.partition("; ")
        if kind is None and not versions_with(flag.name):
            what, fix = f"--{flag.name} is no flag of the server", fix.replace("see `dragonfly --help`", "leave it out")
            yield FLAG_UNKNOWN.found(instance.manifest, where, what, fix)
        elif kind == "retired":
            yield FLAG_WITHOUT_EFFECT.found(instance.manifest, where, f"--{flag.name}: {what}", fix, *_removal(flag))
        elif kind is None:
            yield FLAG_OF_ANOTHER_VERSION.found(instance.manifest, where, f"--{flag.name}: {what}", fix)
        elif flag.name == "dbfilename":
            yield DBFILENAME_WITHOUT_PLACEHOLDER.found(
                instance.manifest,
                where,
                "the snapshot's name has no placeholder: each one writes over the one before",
                f"leave it out, or put one of {', '.join(DBFILENAME_PLACEHOLDERS)} into it",
                *_removal(flag),
            )
        else:
            # The value itself is not told: a word in the wrong place may be anything, a password too.
            what = f"--{flag.name} has a value on which the server exits at start"
            yield FLAG_VALUE_REFUSED.found(instance.manifest, where, what, fix)


def _lua(instance: Instance) -> Iterator[Found]:
    lua, cache_mode = instance.flag("default_lua_flags"), instance.flag("cache_mode")
    if lua and cache_mode and instance.evicts and "allow-undeclared-keys" in lua.text:
        what = "cache mode beside --default_lua_flags=allow-undeclared-keys: entries of the queues are evicted"
        fix = "give the queues an instance of their own, without cache mode"
        yield LUA_FLAGS_IN_CACHE_MODE.found(instance.manifest, pointer("spec", "args", cache_mode.index), what, fix)


def _removal(flag: CommandLineFlag) -> list[Operation]:
    """The steps that remove a flag's words, the last one first."""
    return [remove(pointer("spec", "args", flag.index + word)) for word in reversed(range(flag.words))]
